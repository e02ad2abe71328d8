/// A library that is no plugin.
int duikou_has_no_entry = 1;
