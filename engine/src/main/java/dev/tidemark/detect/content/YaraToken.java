package dev.tidemark.detect.content;

/** One word of a rule file. @param text of a string what it stands for, of a regular expression what is between slashes */
record YaraToken(Kind kind, String text, long number, String flags, int line) {
    enum Kind { WORD, STRING_ID, COUNT, OFFSET, LENGTH, NUMBER, REAL, TEXT, REGEX, SIGN, END }

    boolean is(String wanted) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(wanted);
    }

    static YaraToken of(Kind kind, String text, int line) {
        return new YaraToken(kind, text, 0, "", line);
    }

    @Override
    public String toString() {
        return kind == Kind.END ? "the end of the file" : "'" + text + "'";
    }
}
