function showTable() {}
