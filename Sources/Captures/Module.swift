package enum CapturesModule {}
