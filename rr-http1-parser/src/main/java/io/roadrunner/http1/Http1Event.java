package io.roadrunner.http1;

/**
 * What {@link Http1Parser#next} found. A message is one head, then any number of {@link BodyBytes},
 * then one {@link MessageEnd}; {@link NeedInput} may come anywhere in between.
 */
public sealed interface Http1Event
    permits NeedInput, RequestHead, ResponseHead, BodyBytes, MessageEnd {}
