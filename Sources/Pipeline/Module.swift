package enum PipelineModule {}
