package dev.tidemark.detect;

import dev.tidemark.bytes.LiteralAutomaton;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules for one source, and which of them each literal wakes. Immutable once made; sessions share it.
 */
final class SourceRules {
    /** Sources whose bytes may write a character as {@code %XX}. */
    private static final Set<String> ENCODED = Set.of("iis", "httpproxy", "rps-http");

    /** The source whose bytes do not hold a value as a rule writes it. */
    private static final String BINARY = "event-log";

    private final List<CompiledRule> rules;
    private final BitSet alwaysAwake = new BitSet();
    private final LiteralAutomaton automaton;
    /** By the automaton's number of a literal: the rules that it wakes. */
    private final List<BitSet> wokenBy = new ArrayList<>();

    private SourceRules(String source, List<CompiledRule> rules) {
        this.rules = List.copyOf(rules);
        Map<String, BitSet> byLiteral = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            Needles needles = rules.get(i).detection().expr().needles();
            if (!needles.known() || source.equals(BINARY)) {
                alwaysAwake.set(i);
                continue;
            }
            for (String literal : needles.literals()) {
                byLiteral.computeIfAbsent(literal, l -> new BitSet()).set(i);
            }
        }
        if (ENCODED.contains(source) && !byLiteral.isEmpty()) {
            BitSet all = new BitSet();
            all.set(0, rules.size());
            encodings().forEach(encoding -> byLiteral.put(encoding, all));
        }
        this.automaton = LiteralAutomaton.of(byLiteral.keySet());
        this.wokenBy.addAll(byLiteral.values());
    }

    static SourceRules of(String source, List<CompiledRule> rules) {
        return new SourceRules(source, rules);
    }

    /** A letter, digit, point or the like that is written as {@code %XX} hides a literal: such a line is looked at. */
    private static Set<String> encodings() {
        Set<String> all = new LinkedHashSet<>(List.of("%25", "%u0"));
        for (char c = '!'; c < 0x7F; c++) {
            if (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0) {
                all.add("%" + Integer.toHexString(c));
            }
        }
        return all;
    }

    List<CompiledRule> rules() {
        return rules;
    }

    /** Puts into {@code awake} the rules, by their place in {@link #rules}, that bytes may match. */
    void wake(byte[] bytes, int from, int to, BitSet seen, BitSet awake) {
        awake.clear();
        awake.or(alwaysAwake);
        if (!automaton.wakes(bytes, from, to)) {
            return;
        }
        seen.clear();
        automaton.hits(bytes, from, to, seen);
        for (int literal = seen.nextSetBit(0); literal >= 0; literal = seen.nextSetBit(literal + 1)) {
            awake.or(wokenBy.get(literal));
        }
    }
}
