package dev.tidemark.detect.content;

/** A rule is not written as YARA wants it, or uses what is not understood here. */
final class YaraException extends Exception {
    private static final long serialVersionUID = 1L;

    YaraException(int line, String message) {
        super("line " + line + ": " + message);
    }
}
