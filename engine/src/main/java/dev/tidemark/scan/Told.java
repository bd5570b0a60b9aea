package dev.tidemark.scan;

import dev.tidemark.detect.Match;
import dev.tidemark.detect.RuleInfo;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.model.Finding;
import dev.tidemark.read.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes a finding of a record for which a rule holds; it carries neither id nor host yet. */
final class Told {
    /** A record can be a megabyte of one value; what tells the story stands at its beginning. */
    private static final int FIELD_CHARS = 4_000;
    private static final int USER_CHARS = 500;
    private static final int ADDRESS_CHARS = 100;

    private Told() {}

    /** @param path of the file in which the record stands */
    static Finding of(String path, Record record, Match match) {
        RuleInfo rule = match.rule();
        String text = record.text();
        Map<String, String> fields = new TreeMap<>(match.fields());
        fields.replaceAll((name, value) -> cut(value, FIELD_CHARS));
        return new Finding("", "", rule.file(), rule.id(), rule.title(), rule.level(), rule.stage(),
                rule.outcome(), rule.cves(), rule.techniques(), record.time(), record.source(),
                record.place(path), cut(record.value("client").orElse(""), ADDRESS_CHARS),
                cut(user(record), USER_CHARS),
                match.sentence(), cut(text, Finding.EXCERPT_CHARS), fields, "");
    }

    /** What the rules say of one record that was put together after all files were read. */
    static List<Finding> standing(RuleSet rules, String path, Record record) {
        List<Finding> findings = new ArrayList<>();
        rules.evaluate(record, match -> {
            if (match.stands()) {
                findings.add(of(path, record, match));
            }
        });
        return findings;
    }

    static String user(Record record) {
        return record.value("AuthenticatedUser").or(() -> record.value("cs-username")).orElse("");
    }

    private static String cut(String text, int chars) {
        return text.length() <= chars ? text : text.substring(0, chars);
    }
}
