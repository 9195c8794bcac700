/** Colours that can be read on light and on dark ground, as the reader has it. */
export const style = `
.lemmata-density { font: 13px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
.lemmata-density .ground { fill: #ffffff; }
.lemmata-density text { fill: #1f2430; }
.lemmata-density .title { font-size: 17px; font-weight: 600; }
.lemmata-density .quiet { fill: #5b6472; }
.lemmata-density .grid { stroke: #e4e7ec; }
.lemmata-density .axis { stroke: #8a93a1; }
.lemmata-density .bars { fill: #c8d3e2; }
.lemmata-density .curve { fill: none; stroke: #1c5fbe; stroke-width: 2; stroke-linejoin: round; }
.lemmata-density .mode { fill: #c2410c; }
.lemmata-density .atom { stroke: #0f766e; stroke-width: 3; }
@media (prefers-color-scheme: dark) {
  .lemmata-density .ground { fill: #14171c; }
  .lemmata-density text { fill: #e7e9ed; }
  .lemmata-density .quiet { fill: #a3abb8; }
  .lemmata-density .grid { stroke: #2a2f38; }
  .lemmata-density .axis { stroke: #6d7684; }
  .lemmata-density .bars { fill: #37465c; }
  .lemmata-density .curve { stroke: #84b6ff; }
  .lemmata-density .mode { fill: #ff9a66; }
  .lemmata-density .atom { stroke: #4fd1c0; }
}
`;
