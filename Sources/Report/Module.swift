package enum ReportModule {}
