package dev.tidemark.scan;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes up pages in the shape of web shells. All of them are inert by construction: each statement is cut short and
 * holds the mark {@code #INERT#}, which no compiler takes, names end in nothing, brackets stay open, and keys and
 * parameters are the word PLACEHOLDER. None can be compiled, none does anything; only the shape is there.
 */
final class InertShells {
    private static final String CLIENT = "C/inetpub/wwwroot/aspnet_client/";
    private static final String SYSTEM = "C/inetpub/wwwroot/aspnet_client/system_web/4_0_30319/";
    private static final String OWA =
            "C/Program Files/Microsoft/Exchange Server/V15/FrontEnd/HttpProxy/owa/auth/";
    private static final String OWA_CURRENT = OWA + "Current/themes/resources/";
    private static final String ECP = "D/Mail/Exchange/FrontEnd/HttpProxy/ecp/auth/";
    private static final String OAB = "C/Program Files/Microsoft/Exchange Server/V15/ClientAccess/OAB/";
    private static final String CS = "<%@ Page Language=\"C#\" %>\n";
    private static final String JS = "<%@ Page Language=\"Jscript\" %>\n";

    private final List<MemoryFile> made = new ArrayList<>();

    private InertShells() {}

    static List<MemoryFile> all() {
        InertShells shells = new InertShells();
        shells.dumps();
        shells.evaluating();
        shells.running();
        shells.loading();
        shells.writing();
        shells.tunnelling();
        shells.disguised();
        shells.encoded();
        shells.hiddenInOthers();
        return List.copyOf(shells.made);
    }

    private void add(String path, String text) {
        made.add(MemoryFile.of(path, text));
    }

    private void add(String path, byte[] bytes) {
        made.add(new MemoryFile(path, bytes));
    }

    private static String dump(String external, String internal) {
        return "\r\nName                            : OAB (Default Web Site)\r\nPollInterval                    : 480\r\n"
                + "OfflineAddressBooks             : \\Default Offline Address Book\r\nRequireSSL                      : True\r\n"
                + "MetabasePath                    : IIS://mail.example/W3SVC/1/ROOT/OAB\r\n"
                + "InternalUrl                     : " + internal + "\r\n"
                + "InternalAuthenticationMethods   : WindowsIntegrated\r\n"
                + "ExternalUrl                     : " + external + "\r\n"
                + "ExternalAuthenticationMethods   : WindowsIntegrated\r\nWhenChangedUTC                  : 3/3/2021\r\n";
    }

    private void dumps() {
        String plain = "https://mail.example/OAB";
        add(OWA + "errorEE.aspx", dump("http://f/<script language=\"JScript\" runat=\"server\">function Page_Load(){eval("
                + "Request[\"PLACEHOLDER\" #INERT#", plain));
        add(CLIENT + "supp0rt.aspx", dump("http://g/<script Language=\"c#\" runat=\"server\">void Page_Load(object s #INERT#"
                + "if (Request.Files.Count #INERT#", plain));
        add(SYSTEM + "log.aspx", dump(plain, "http://a/<script runat=\"server\" #INERT#"));
        add(ECP + "x.aspx", dump("http://h/<% #INERT# Request.Item[\"PLACEHOLDER\"", plain));
        add(OAB + "b.aspx", dump(plain, plain));
        add(OWA_CURRENT + "w.ashx", dump("http://x/<%@ WebHandler #INERT#", plain));
        add(OWA + "u16.aspx", ("\uFEFF" + dump("http://f/<script runat=server>eval(Request[\"PLACEHOLDER\" #INERT#", plain))
                .getBytes(StandardCharsets.UTF_16LE));
    }

    private void evaluating() {
        String[] ways = {"eval(Request.Item[\"PLACEHOLDER\"] #INERT# \"unsafe\"", "eval(Request[\"PLACEHOLDER\"] #INERT#",
            "eval(Request.Form[\"PLACEHOLDER\"] #INERT#", "eval ( Request . Headers [ \"PLACEHOLDER\" ] #INERT#",
            "eval(Request.Cookies[\"PLACEHOLDER\"].Value #INERT#",
            "eval(System.Text.Encoding.GetEncoding(65001).GetString(System.Convert.FromBase64String(Request.Item[\"PLACE"
                + "HOLDER\"])) #INERT#"};
        for (int i = 0; i < ways.length; i++) {
            add((i % 2 == 0 ? CLIENT : OWA) + "ev" + i + ".aspx", JS + "<% " + ways[i] + " %>");
        }
        add(CLIENT + "one.aspx", JS + "<% var x = Request.Item[\"PLACEHOLDER\"] #INERT# ; eval(x, \"unsafe\" #INERT# %>");
        add(CLIENT + "classic.asp", "<% eval request(\"PLACEHOLDER\" #INERT# %>");
        add(CLIENT + "execute.asp", "<% Execute(Request(\"PLACEHOLDER\" #INERT# %>");
        add(OWA + "global.asp", "<% ExecuteGlobal Request.Form(\"PLACEHOLDER\" #INERT# %>");
        add(CLIENT + "old.cer", "<% eval request.item(\"PLACEHOLDER\" #INERT# %>");
    }

    private void running() {
        add(OWA + "cmd.aspx", CS + "<% var p = System.Diagnostics.Process.Start( #INERT# Request.QueryString[\"PLACEHOLDER\"");
        add(CLIENT + "box.aspx", CS + "<script runat=\"server\">void Click( #INERT# ProcessStartInfo psi #INERT# "
                + "PLACEHOLDER.Text #INERT# </script><asp:TextBox id=\"t\" runat=\"server\" #INERT#");
        add(CLIENT + "wsh.asp", "<% Set s = Server.CreateObject(\"WSCRIPT.SHELL\" #INERT# s.exec(Request(\"PLACEHOLDER\"");
        add(OWA + "ps.aspx", CS + "<% RunspaceFactory.CreateRunspace( #INERT# Request.Form[\"PLACEHOLDER\"");
        add(SYSTEM + "wmi.aspx", CS + "<% new ManagementClass(\"Win32_Process\" #INERT# Request[\"PLACEHOLDER\"");
        add(ECP + "native.ashx", "<%@ WebHandler Language=\"C#\" %> [DllImport(\"kernel32\")] static extern #INERT# CreateProcess"
                + " #INERT# context.Request.Params[\"PLACEHOLDER\"");
        add(CLIENT + "svc.asmx", "<%@ WebService Language=\"C#\" %> [WebMethod] public string #INERT# { Process p = new"
                + " Process( #INERT# HttpContext.Current.Request.Form[\"PLACEHOLDER\"");
    }

    private void loading() {
        add(OWA + "load.aspx", CS + "<% System.Reflection.Assembly.Load(Convert.FromBase64String(Request.Form[\"PLACEHOLDER\""
                + "] #INERT#");
        add(CLIENT + "beh.aspx", CS + "<% byte[] k = Encoding.Default.GetBytes(Session[0] #INERT# c = Request.BinaryRead("
                + "Request.ContentLength #INERT# Assembly.Load(new RijndaelManaged().CreateDecryptor( #INERT#"
                + " .CreateInstance(\"U\").Equals(this #INERT#");
        add(CLIENT + "god.ashx", "<%@ WebHandler Language=\"C#\" %> string key = \"PLACEHOLDER\" #INERT# data = new"
                + " RijndaelManaged().CreateDecryptor( #INERT# Context.Session[\"payload\"] = Assembly.GetMethod(\"Load\", "
                + "#INERT# Context.Request[\"PLACEHOLDER\"");
        add(OWA_CURRENT + "comp.aspx", CS + "<% new CSharpCodeProvider( #INERT# CompileAssemblyFromSource( #INERT#"
                + " Request[\"PLACEHOLDER\"");
        add(ECP + "los.aspx", CS + "<% new LosFormatter( #INERT# ).Deserialize(Request.Form[\"PLACEHOLDER\" #INERT#");
        add(CLIENT + "xsl.aspx", CS + "<% new XslCompiledTransform( #INERT# XsltSettings.TrustedXslt #INERT#"
                + " Request[\"PLACEHOLDER\"");
        add(OWA + "dom.aspx", CS + "<% AppDomain.CurrentDomain.Load( #INERT# Convert.FromBase64String(\"PLACEHOLDER\" #INERT#");
    }

    private void writing() {
        add(CLIENT + "wr.aspx", JS + "<% System.IO.File.WriteAllText(Request.Item[\"PLACEHOLDER\"], #INERT#");
        add(OWA + "up.aspx", CS + "<% HttpPostedFile thisFile = Request.Files[0]; thisFile.SaveAs( #INERT#");
        add(SYSTEM + "fs.aspx", CS + "<% new FileStream(Request[\"PLACEHOLDER\"], #INERT#");
        add(CLIENT + "fso.asp", "<% Set f = CreateObject(\"Scripting.FileSystemObject\" #INERT# f.CreateTextFile("
                + "Request(\"PLACEHOLDER\" #INERT#");
        add(OWA + "logon.aspx", CS + "<% string p = Request.Form[\"password\"] #INERT# File.AppendAllText( #INERT#");
    }

    private void tunnelling() {
        add(CLIENT + "tun.aspx", CS + "<% String cmd = Request.Headers.Get(\"X-CMD\" #INERT# Response.AddHeader(\"X-STATUS\","
                + " #INERT# new Socket( #INERT#");
        add(OWA + "tun.ashx", "<%@ WebHandler Language=\"C#\" %> Convert.FromBase64String(StrTr(Request.Headers.Get( #INERT#");
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(Character.isLetter(c) ? String.format("\\u%04x", c) : Character.toString(c)));
        return out.toString();
    }

    private static String listed(String text, String before, String between, String after) {
        return String.join(between, text.chars().mapToObj(c -> before + c + after).toList());
    }

    private void disguised() {
        String code = "eval(Request.Item[\"PLACEHOLDER\"] #INERT#";
        add(CLIENT + "esc.aspx", JS + "<% " + escaped(code));
        add(OWA + "esc.ashx", "<%@ WebHandler Language=\"C#\" %> " + escaped("Process.Start(context.Request") + " #INERT#");
        add(CLIENT + "join.aspx", JS + "<% var a = \"ev\" + \"al(Req\" + \"uest.It\" + \"em['PLACEHOLDER'] #INERT#\" ;");
        add(CLIENT + "join.asp", "<% x = \"Execu\" & \"te(Requ\" & \"est(\" & \"PLACEHOLDER #INERT#\"");
        add(CLIENT + "chr.asp", "<% Execute " + listed("eval(request(PLACEHOLDER #INERT#", "Chr(", ")&", ""));
        add(SYSTEM + "num.aspx", JS + "<% var b = String.fromCharCode(" + listed(code, "", ",", "") + " #INERT#");
        add(OWA + "bytes.aspx", CS + "<% byte[] b = new byte[] {" + listed("Process.Start(Request[PLACEHOLDER #INERT#", "", ", ",
                "") + " #INERT#");
        add(CLIENT + "com.aspx", JS + "<% ev/* nothing */al(Requ/**/est.Item[\"PLACEHOLDER\"] #INERT#");
        add(CLIENT + "zero.aspx", CS + "<% Pro\u200Bcess.St\u200Cart( #INERT# Requ\u200Dest[\"PLACEHOLDER\"");
        add(OWA + "rev.aspx", JS + "<% StrReverse(\"" + new StringBuilder(code).reverse().toString().replace("\"", "'")
                + "\" #INERT#");
        add(CLIENT + "pct.asp", "<% Execute unescape(\"%65%76%61%6c%28%72%65%71%75%65%73%74%28PLACEHOLDER #INERT#");
    }

    private void encoded() {
        String code = "eval(Request.Item[\"PLACEHOLDER\"] #INERT#";
        String base64 = Base64.getEncoder().encodeToString(code.getBytes(StandardCharsets.UTF_8));
        add(OWA + "b64.aspx", JS + "<% eval(GetString(Convert.FromBase64String(\"" + base64 + "\") #INERT# \"unsafe\"");
        add(CLIENT + "b64w.aspx", CS + "<% var s = Encoding.Unicode.GetString(Convert.FromBase64String(\"" + Base64.getEncoder()
                .encodeToString("Process.Start(Request[\"PLACEHOLDER\" #INERT#".getBytes(StandardCharsets.UTF_16LE))
                + "\" #INERT#");
        add(CLIENT + "hex.aspx", JS + "<% var h = \"" + HexFormat.of().formatHex(code.getBytes(StandardCharsets.UTF_8))
                + "\" #INERT#");
        String page = JS + "<% " + code + " %>";
        add(CLIENT + "wide.aspx", page.getBytes(StandardCharsets.UTF_16LE));
        add(OWA + "big.aspx", ("\uFEFF" + page).getBytes(StandardCharsets.UTF_16BE));
        add(SYSTEM + "seven.aspx", page.replace("<", "+ADw-").replace(">", "+AD4-").replace("\"", "+ACI-"));
        add(CLIENT + "ansi.aspx", ("// \u00FC\u00E4\u00F6\n" + page).getBytes(Charset.forName("windows-1252")));
    }

    private void hiddenInOthers() {
        String page = JS + "<% eval(Request.Item[\"PLACEHOLDER\"] #INERT# %>";
        add(CLIENT + "gif.aspx", "GIF89a\u0001\u0001" + page);
        add(OWA_CURRENT + "logo.png", ("\u0089PNG\r\n\u001A\n\0\0" + page).getBytes(StandardCharsets.ISO_8859_1));
        add(CLIENT + "photo.jpg", ("\u00FF\u00D8\u00FF\u00E0\0\u0010JFIF" + page).getBytes(StandardCharsets.ISO_8859_1));
        byte[] export = new byte[300_000];
        System.arraycopy("!BDN".getBytes(StandardCharsets.US_ASCII), 0, export, 0, 4);
        byte[] draft = page.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(draft, 0, export, 280_000, draft.length);
        add(CLIENT + "export.aspx", export);
        add(CLIENT + "req.aspx", "-----BEGIN NEW CERTIFICATE REQUEST-----\nPLACEHOLDER" + page);
        add(CLIENT + "name.aspx;.jpg", page);
        add(CLIENT + "web.config", "<configuration><system.webServer><handlers><add name=\"x\" path=\"*.png\" verb=\"*\""
                + " type=\"System.Web.UI.PageHandlerFactory\" /></handlers></system.webServer></configuration>");
        add(OWA + "15.1.2176/web.config", "<configuration></configuration><!-- <% eval(Request[\"PLACEHOLDER\" #INERT# -->");
        add(CLIENT + "obj.soap", "<%@ WebService Language=\"C#\" class=\"x\" %> Process.Start( #INERT# Request[\"PLACEHOLDER\"");
        add(CLIENT + "known.aspx", CS + "<%-- HttpPostedFile thisFile = Request.Files[0];thisFile.SaveAs(Path.Combine( --%>");
    }
}
