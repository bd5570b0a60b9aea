package dev.tidemark.read;

import java.util.Locale;
import java.util.Set;

/**
 * Which files the web server of an Exchange server serves, told by the shape of their path, so that an installation on
 * another drive or in another folder is seen, too.
 *
 * <p>Source: the layout of Exchange 2010 to SE: {@code <Ex>\FrontEnd\HttpProxy} is the site on port 443,
 * {@code <Ex>\ClientAccess} the one on 444; {@code inetpub\wwwroot} is the root of the Default Web Site, and
 * {@code aspnet_client} a folder that IIS and .NET make in it.
 */
public final class WebPlaces {
    /** What IIS hands to ASP or ASP.NET to be run. */
    private static final Set<String> PAGES = Set.of("aspx", "ashx", "asmx", "asp", "ascx", "asax", "cer", "asa", "cdx",
            "soap", "rem", "master", "svc", "cshtml", "vbhtml", "axd", "aspq", "ashq", "php", "jsp", "shtml", "stm");
    private static final String[] ROOTS = {"/inetpub/wwwroot/", "/frontend/httpproxy/", "/aspnet_client/"};
    private static final String BACK_END = "/clientaccess/";

    private WebPlaces() {}

    /** @param server path on the server in lower case, {@code /} between names */
    public static boolean served(String server) {
        String path = "/" + server;
        for (String root : ROOTS) {
            if (path.contains(root)) {
                return !path.contains("/temporary asp.net files/");
            }
        }
        return path.contains(BACK_END) && !path.contains("/logging/") && !path.contains("/exchangesetuplogs/");
    }

    /** Has an extension that the web server runs, also where another follows ({@code x.aspx;.jpg}). */
    public static boolean page(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int from = name.indexOf('.') + 1;
        while (from > 0) {
            int to = from;
            while (to < name.length() && Character.isLetterOrDigit(name.charAt(to))) {
                to++;
            }
            boolean ends = to == name.length() || name.charAt(to) == ';' || name.charAt(to) == ':'
                    || name.substring(to).isBlank();
            if (ends && PAGES.contains(name.substring(from, to))) {
                return true;
            }
            from = name.indexOf('.', to) + 1;
        }
        return false;
    }
}
