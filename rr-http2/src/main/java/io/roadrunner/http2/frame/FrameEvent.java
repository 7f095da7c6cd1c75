package io.roadrunner.http2.frame;

/** What {@link FrameReader#next} finds in its input. */
public sealed interface FrameEvent permits Frame, NeedInput {}
