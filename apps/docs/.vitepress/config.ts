import { defineConfig } from "vitepress";

export default defineConfig({
  title: "Lemmata",
  description: "The mathematics behind language models, as small npm packages",
  lang: "en",
  base: process.env["DOCS_BASE"] ?? "/",
  srcExclude: ["README.md"],
  markdown: { math: true, theme: { light: "github-light", dark: "github-dark" } },
  themeConfig: {
    search: { provider: "local" },
    outline: { level: 2, label: "On this page" },
    docFooter: { prev: false, next: false },
    nav: [
      { text: "Guide", link: "/guide" },
      { text: "lattice", link: "/packages/lattice" },
      { text: "sampling", link: "/packages/sampling" },
      { text: "metrics", link: "/packages/metrics" },
    ],
    sidebar: [
      { text: "Home", link: "/" },
      { text: "Guide", link: "/guide" },
      {
        text: "Packages",
        items: [
          { text: "lattice", link: "/packages/lattice" },
          { text: "sampling", link: "/packages/sampling" },
          { text: "metrics", link: "/packages/metrics" },
        ],
      },
    ],
  },
});
