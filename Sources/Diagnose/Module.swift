package enum DiagnoseModule {}
