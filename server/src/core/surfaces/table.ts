import { composeSurface } from "./compose/surface";
import { dockerfileSurface } from "./dockerfile";

/** Every kind of file that is linted; what builds images comes before what starts them. */
export const surfaces = [dockerfileSurface, composeSurface] as const;
