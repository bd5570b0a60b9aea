package dev.tidemark.acquire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds in a path of the evidence the path that the file had on its server.
 *
 * <p>Collectors put a drive below a folder ({@code C/}), percent-encode its name ({@code uploads/auto/C%3A/}) or
 * leave it out; case is whatever the copying machine made of it.
 */
public final class EvidenceNames {
    /** Folders at the top of a Windows drive. */
    private static final Set<String> TOP = Set.of("windows", "winnt", "inetpub", "program files",
            "program files (x86)", "programdata", "users", "documents and settings", "perflogs", "$recycle.bin",
            "system volume information", "$extend", "exchangesetuplogs");

    /** How Velociraptor read a file; a folder below {@code uploads}. */
    private static final Set<String> ACCESSORS = Set.of("auto", "ntfs", "file", "lazy_ntfs", "ntfs_vss", "vss",
            "mft", "raw_ntfs", "raw_file", "fs", "windows");

    private EvidenceNames() {}

    /**
     * Where a path leaves the collector's folders and enters the server's.
     *
     * @param machine   names in front of the server's own tree: the host's folder
     * @param tree      names in front of the first that the server had itself, or of its drive
     * @param drive     {@code c}; 0 if the path names none
     */
    record Anchor(int machine, int tree, char drive) {}

    /**
     * The path on the server, lower case, {@code /} between names, percent-decoded, without what the collector put in
     * front: {@code uploads/auto/C%3A/inetpub/x} and {@code host/C/inetpub/x} are {@code c:/inetpub/x}. Without a
     * drive it begins at the first name that tells a Windows tree, or is the whole path. Only to be compared.
     */
    public static String decode(String path) {
        List<String> names = names(path);
        Anchor anchor = anchor(names);
        if (anchor == null) {
            return String.join("/", names);
        }
        String below = String.join("/", names.subList(anchor.tree() + (anchor.drive() == 0 ? 0 : 1), names.size()));
        return anchor.drive() == 0 ? below : anchor.drive() + ":/" + below;
    }

    /**
     * The same as Windows writes it, to be shown and to be matched by rules: {@code C:\\inetpub\\x}, in the letters that
     * the evidence has.
     */
    public static String windows(String path) {
        List<String> spelled = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            spelled.add(percentDecoded(name));
        }
        Anchor anchor = anchor(names(path));
        if (anchor == null) {
            return String.join("\\", spelled);
        }
        int from = anchor.tree() + (anchor.drive() == 0 ? 0 : 1);
        String below = String.join("\\", spelled.subList(from, spelled.size()));
        return anchor.drive() == 0 ? below : Character.toUpperCase(anchor.drive()) + ":\\" + below;
    }

    /** Names of the path, decoded and in lower case; as many as {@code split("/")} gives. */
    static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            names.add(percentDecoded(name).toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /**
     * The leftmost certain anchor (a drive with a colon, or a letter with a folder of Windows in it): archives and
     * copies that lie inside a server's tree are that server's. Without one, the leftmost folder of Windows or of
     * Exchange, or any letter from c on: {@code windows/mail01/C/inetpub} is a folder of hosts.
     *
     * @return null if nothing tells a server's tree
     */
    static Anchor anchor(List<String> names) {
        Anchor weak = null;
        for (int i = 0; i < names.size() - 1; i++) {
            String name = names.get(i);
            char drive = drive(name);
            boolean certain = drive != 0 && (name.length() > 1 || TOP.contains(names.get(i + 1)));
            if (certain) {
                return new Anchor(machine(names, i), i, drive);
            }
            if (weak != null) {
                continue;
            }
            if (drive > 'b') {
                weak = new Anchor(machine(names, i), i, drive);
            } else if (TOP.contains(name)) {
                weak = new Anchor(machine(names, i), i, (char) 0);
            } else if (name.equals("v15") || name.equals("v14")) {
                weak = exchange(names, i);
            }
        }
        return weak;
    }

    private static Anchor exchange(List<String> names, int version) {
        int from = version;
        while (from > 0 && (names.get(from - 1).startsWith("exchange") || names.get(from - 1).equals("microsoft"))) {
            from--;
        }
        return new Anchor(machine(names, from), from, (char) 0);
    }

    private static int machine(List<String> names, int tree) {
        int machine = tree;
        if (machine > 0 && ACCESSORS.contains(names.get(machine - 1))
                && (machine == 1 || names.get(machine - 2).equals("uploads") || drive(names.get(tree)) != 0
                        && names.get(tree).length() > 1)) {
            machine--;
        }
        if (machine > 0 && names.get(machine - 1).equals("uploads")) {
            machine--;
        }
        return machine;
    }

    /** {@code c} for {@code c}, {@code c:} and the device {@code \\.\c:}; 0 if it is no drive. */
    private static char drive(String name) {
        String bare = name;
        if (bare.startsWith("\\\\.\\") || bare.startsWith("\\\\?\\")) {
            bare = bare.substring(4);
            if (bare.startsWith("globalroot\\device\\harddiskvolumeshadowcopy")) {
                return 'c';
            }
        }
        boolean letter = !bare.isEmpty() && bare.charAt(0) >= 'a' && bare.charAt(0) <= 'z';
        return letter && (bare.length() == 1 || bare.length() == 2 && bare.charAt(1) == ':') ? bare.charAt(0) : 0;
    }

    private static String percentDecoded(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
