package dev.tidemark.detect;

import dev.tidemark.bytes.LiteralSearch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules for one source, and which literals wake each of them: one at least of each of its groups. Sessions of
 * all threads share it; nothing of it changes but what it remembers: kinds of events, and what is made when it is needed.
 */
final class SourceRules {
    /** Sources whose bytes may write a character as {@code %XX}. */
    private static final Set<String> ENCODED = Set.of("iis", "httpproxy", "rps-http");

    /** What stands in most lines of an Exchange server's logs, and in many events. */
    private static final String USUAL = """
            POST GET /EWS/Exchange.asmx /ews/ /mapi/emsmdb/ /mapi/nspi/ MailboxId= &CorrelationID=<empty>;
            &ClientRequestInfo=R:;RT:Execute;CI:;CID:&cafeReqId= /Microsoft-Server-ActiveSync/Proxy/default.eas User=
            Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.13127; Pro) DeviceId= &DeviceType=iPhone
            Microsoft+Office/16.0+(Windows+NT+10.0;+Microsoft+Outlook+16.0.13127;+Pro) &Cmd=Sync /rpc/rpcproxy.dll
            Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/88.0+Safari/537.36
            /owa/service.svc action= https:// /autodiscover/autodiscover.xml /OAB/oab.xml BeginRequest=
            CorrelationID=<empty>;ProxyState-Run=None;FEAuth=BEVersion-;RoutingEntry=DatabaseGuid:MailboxGuid~ Server:
            BeginGetRequestStream=OnRequestStreamReady=BeginGetResponse=OnResponseReady=EndGetResponse=CafeV1 Proxy
            ProxyState-Complete=ProxyResponseData;SharedCacheGuard=0;EndRequest=RoutingDB:MailboxGuidWithDomain
            IntraForest,WindowsIdentity,Database~ Negotiate Sid~S-1-5-21-
            Microsoft-Windows-Sysmon Microsoft-Windows-Security-Auditing Microsoft-Windows-PowerShell/Operational
            C:\\Windows\\System32\\svchost.exe C:\\Program Files (x86)\\Common Files\\Windows Defender\\Microsoft.NET\\
            \\Device\\HarddiskVolume NT AUTHORITY\\SYSTEM HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\
            HKLM\\System\\CurrentControlSet\\Services\\ Microsoft Corporation Operating System
            C:\\Users\\AppData\\Local\\Temp\\ SHA1=,MD5=,SHA256=,IMPHASH=""";

    /** Logs that have more kinds of events were made to fill the memory. */
    private static final int MOST_KINDS = 10_000;

    private final List<CompiledRule> rules;
    private final Writing writing;
    private final boolean encoded;
    private final boolean keyed;
    private final Map<EventKey.Event, BitSet> admitted = new ConcurrentHashMap<>();
    private volatile Wakers wakers;

    private SourceRules(String source, List<CompiledRule> rules) {
        this.rules = List.copyOf(rules);
        this.writing = Writing.of(source);
        this.encoded = ENCODED.contains(source);
        this.keyed = rules.stream().anyMatch(rule -> !rule.events().equals(EventKey.ANY));
    }

    static SourceRules of(String source, List<CompiledRule> rules) {
        return new SourceRules(source, rules);
    }

    List<CompiledRule> rules() {
        return rules;
    }

    Writing writing() {
        return writing;
    }

    boolean encoded() {
        return encoded;
    }

    /** Made for the first file of such a source: few evidence has records of all sources. */
    Wakers wakers() {
        if (wakers == null) {
            synchronized (this) {
                if (wakers == null) {
                    wakers = new Wakers(rules);
                }
            }
        }
        return wakers;
    }

    /** True if some rule asks which event a record is. */
    boolean keyed() {
        return keyed;
    }

    /**
     * Rules, by their place in {@link #rules}, that can match such an event; not to be changed. Found once for each kind of
     * event, of which most logs have few.
     */
    BitSet admitted(EventKey.Event event) {
        BitSet known = admitted.get(event);
        if (known == null) {
            known = new BitSet(rules.size());
            for (int i = 0; i < rules.size(); i++) {
                known.set(i, rules.get(i).events().admits(event));
            }
            if (admitted.size() < MOST_KINDS) {
                admitted.put(event, known);
            }
        }
        return known;
    }

    /** Which literals wake which rules; rules by their place in {@link #rules}. Immutable. */
    static final class Wakers {
        private final BitSet alwaysAwake = new BitSet();
        private final LiteralSearch search;
        /** By the search's number of a literal: the groups that it meets. */
        private final List<int[]> groupsOf = new ArrayList<>();
        /** By group: its rule. */
        private final int[] ruleOf;
        /** By rule: how many groups it has. */
        private final int[] groups;

        private Wakers(List<CompiledRule> rules) {
            this.groups = new int[rules.size()];
            List<Integer> owners = new ArrayList<>();
            Map<String, List<Integer>> byLiteral = new LinkedHashMap<>();
            List<Needles> needles = rules.parallelStream().map(CompiledRule::needles).toList();
            for (int i = 0; i < rules.size(); i++) {
                List<Set<String>> wanted = needles.get(i).groups();
                groups[i] = wanted.size();
                alwaysAwake.set(i, wanted.isEmpty());
                for (Set<String> group : wanted) {
                    int number = owners.size();
                    owners.add(i);
                    group.forEach(literal -> byLiteral.computeIfAbsent(literal, l -> new ArrayList<>()).add(number));
                }
            }
            this.search = LiteralSearch.of(byLiteral.keySet(), USUAL);
            byLiteral.values().forEach(g -> groupsOf.add(g.stream().mapToInt(Integer::intValue).toArray()));
            this.ruleOf = owners.stream().mapToInt(Integer::intValue).toArray();
        }

        LiteralSearch search() {
            return search;
        }

        /** Rules that no literal has to wake. */
        BitSet alwaysAwake() {
            return alwaysAwake;
        }

        Count count() {
            return new Count();
        }

        /** Counts for one record which groups of which rules were met. */
        final class Count {
            private final BitSet met = new BitSet();
            private final int[] left = groups.clone();

            /** Adds to {@code awake} the rules whose groups the literals {@code seen} all meet. */
            void wake(BitSet seen, BitSet awake) {
                for (int literal = seen.nextSetBit(0); literal >= 0; literal = seen.nextSetBit(literal + 1)) {
                    for (int group : groupsOf.get(literal)) {
                        if (!met.get(group)) {
                            met.set(group);
                            int rule = ruleOf[group];
                            if (--left[rule] == 0) {
                                awake.set(rule);
                            }
                        }
                    }
                }
                for (int group = met.nextSetBit(0); group >= 0; group = met.nextSetBit(group + 1)) {
                    left[ruleOf[group]] = groups[ruleOf[group]];
                }
                met.clear();
            }
        }
    }
}
