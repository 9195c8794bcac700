// Compiled beside every kernel: the first address that no static data occupies.
export { __heap_base };
