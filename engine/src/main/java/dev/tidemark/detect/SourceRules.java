package dev.tidemark.detect;

import dev.tidemark.bytes.LiteralSearch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules for one source, and which of them each literal wakes. Immutable once made; sessions share it. */
final class SourceRules {
    /** Sources whose bytes may write a character as {@code %XX}. */
    private static final Set<String> ENCODED = Set.of("iis", "httpproxy", "rps-http");
    /** The source whose bytes do not hold a value as a rule writes it. */
    private static final String BINARY = "event-log";

    /** What stands in most lines of an Exchange server's logs. */
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
            IntraForest,WindowsIdentity,Database~ Negotiate Sid~S-1-5-21-""";

    private final List<CompiledRule> rules;
    private final BitSet alwaysAwake = new BitSet();
    private final LiteralSearch search;
    private final boolean encoded;
    /** By the search's number of a literal: the rules that it wakes. */
    private final List<BitSet> wokenBy = new ArrayList<>();

    private SourceRules(String source, List<CompiledRule> rules) {
        this.rules = List.copyOf(rules);
        this.encoded = ENCODED.contains(source);
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
        this.search = LiteralSearch.of(byLiteral.keySet(), USUAL);
        this.wokenBy.addAll(byLiteral.values());
    }

    static SourceRules of(String source, List<CompiledRule> rules) {
        return new SourceRules(source, rules);
    }

    List<CompiledRule> rules() {
        return rules;
    }

    boolean encoded() {
        return encoded;
    }

    LiteralSearch search() {
        return search;
    }

    BitSet alwaysAwake() {
        return alwaysAwake;
    }

    /** Adds to {@code awake} the rules, by their place in {@link #rules}, that the literals {@code seen} wake. */
    void wake(BitSet seen, BitSet awake) {
        for (int literal = seen.nextSetBit(0); literal >= 0; literal = seen.nextSetBit(literal + 1)) {
            awake.or(wokenBy.get(literal));
        }
    }
}
