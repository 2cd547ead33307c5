package enum CorrelateModule {}
