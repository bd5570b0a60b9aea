package dev.tidemark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
    private static String text(String text) {
        StringWriter out = new StringWriter();
        new Html(out).text(text);
        return out.toString();
    }

    @Test
    void escapesInTextAndInAttributes() {
        StringWriter out = new StringWriter();
        new Html(out).element("b", "<i>\"'`&", "title", "\"><script>'`&");
        assertEquals("<b title=\"&quot;&gt;&lt;script&gt;&#39;&#96;&amp;\">&lt;i&gt;&quot;&#39;&#96;&amp;</b>",
                out.toString());
    }

    @Test
    void charactersThatHideShowThemselves() {
        assertEquals("a[U+202E]gnp.exe[U+200B][U+0000][U+001B][31m[U+FEFF]", text("a\u202Egnp.exe\u200B\0\u001B[31m\uFEFF"));
        assertEquals("a\tb\nc\nd", text("a\tb\nc\r\nd"));
        assertEquals("[U+000D]", text("\r"));
        assertEquals("[U+D800]", text("\uD800"), "half a character");
        assertEquals("\uD83D\uDE00 \u00E4 \u4E2D", text("\uD83D\uDE00 \u00E4 \u4E2D"), "whole ones stay");
        assertEquals("[U+3164][U+2066][U+E0041]", text("\u3164\u2066" + Character.toString(0xE0041)));
    }

    @Test
    void pathsMayBreakBehindTheirSeparators() {
        StringWriter out = new StringWriter();
        new Html(out).path("C/a b\\<x>.log");
        assertEquals("C/<wbr>a b\\<wbr>&lt;x&gt;.log", out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "<>&\"'`", "\u00E4\u4E2D", "\u202E\0", "a\r\nb"})
    void knowsHowManyBytesATextTakes(String text) {
        assertEquals(text(text).getBytes(StandardCharsets.UTF_8).length, Html.bytes(text));
    }

    @Test
    void dataForTheScriptCannotLeaveItsBlock() {
        String json = new ScriptData().open('[').string("</script><!-- \\ \" ' & \u2028 \u202E \n").number(-3)
                .open('{').key("a").open('[').close(']').key("b").number(1).close('}').close(']').json();
        assertFalse(json.matches("(?s).*[<>&'\u2028\u202E\n].*"), json);
        assertEquals("[\"\\u003c/script\\u003e\\u003c!-- \\u005c \\u0022 \\u0027 \\u0026 [U+2028] [U+202E] \\u000a\",-3,"
                + "{\"a\":[],\"b\":1}]", json);
    }
}
