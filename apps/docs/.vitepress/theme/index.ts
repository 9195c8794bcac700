import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import ArticleFigure from "../../components/ArticleFigure.vue";
import BlocksDesk from "../../components/BlocksDesk.vue";
import ClampedDesk from "../../components/ClampedDesk.vue";
import ConcentrationDesk from "../../components/ConcentrationDesk.vue";
import DensityDesk from "../../components/DensityDesk.vue";
import ImageDesk from "../../components/ImageDesk.vue";
import InflationDesk from "../../components/InflationDesk.vue";
import LatticeDesk from "../../components/LatticeDesk.vue";
import MetricsDesk from "../../components/MetricsDesk.vue";
import SamplingDesk from "../../components/SamplingDesk.vue";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("ArticleFigure", ArticleFigure);
    app.component("BlocksDesk", BlocksDesk);
    app.component("ClampedDesk", ClampedDesk);
    app.component("ConcentrationDesk", ConcentrationDesk);
    app.component("DensityDesk", DensityDesk);
    app.component("ImageDesk", ImageDesk);
    app.component("InflationDesk", InflationDesk);
    app.component("LatticeDesk", LatticeDesk);
    app.component("MetricsDesk", MetricsDesk);
    app.component("SamplingDesk", SamplingDesk);
  },
} satisfies Theme;
