import { composeSurface } from "../../surfaces/compose/surface";

/** A compose file with one service that starts a container, which compose reads back as the same. */
export const renderCompose = composeSurface.render;
