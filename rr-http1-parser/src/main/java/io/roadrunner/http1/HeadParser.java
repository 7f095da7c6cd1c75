package io.roadrunner.http1;

/** Makes heads: the part of the parser that is different for requests and responses. */
sealed interface HeadParser extends Element permits RequestHeadParser, ResponseHeadParser {

  /** Whether no byte of a head has been seen. */
  boolean isIdle();

  /** The head that has just been scanned to its end. Gets ready for the next one. */
  Http1Event take();

  /** Framing of the body behind the head that was taken last. */
  BodyFraming framing();

  /** Whether what follows the head that was taken last is not HTTP/1.1 any more. */
  boolean switchesProtocols();
}
