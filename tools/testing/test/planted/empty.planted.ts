export const nothing = "a test file without a test";
