"""The rules: one file each, stated twice in that file - the law (`check`, `allows`) and the program (`post`, mask)."""
