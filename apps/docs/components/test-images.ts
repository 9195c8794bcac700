import camera from "@lemmata/data/images/camera.png?url";
import chelsea from "@lemmata/data/images/chelsea.png?url";
import clock from "@lemmata/data/images/clock_motion.png?url";
import coffee from "@lemmata/data/images/coffee.png?url";
import coins from "@lemmata/data/images/coins.png?url";

/** An image that comes with the site: a PNG file of scikit-image. */
export interface TestImage {
  readonly name: string;
  readonly address: string;
  /** What it is, who made it, and what it is free by. */
  readonly source: string;
}

export const TEST_IMAGES: readonly TestImage[] = [
  { name: "clock", address: clock, source: "a clock, blurred, by Stéfan van der Walt, in the public domain" },
  { name: "coins", address: coins, source: "Greek coins from Pompeii, Brooklyn Museum, no known copyright" },
  { name: "photographer", address: camera, source: "a photographer, by Lav Varshney, CC0" },
  { name: "cat", address: chelsea, source: "Chelsea the cat, by Stéfan van der Walt, CC0" },
  { name: "cup", address: coffee, source: "a cup, by Rachel Michetti, courtesy of Pikolo Espresso Bar, CC0" },
];
