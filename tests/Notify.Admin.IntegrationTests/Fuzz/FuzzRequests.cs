using System.IO.Compression;
using System.Net.Http.Headers;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Fuzz;

/// <summary>Requests in every public format, spoiled: number <c>n</c> of a seed is always the same, but for the time and nonce of its
/// signature.</summary>
internal sealed class FuzzRequests(Uri server, int seed)
{
    private const string Structured = """{"specversion":"1.0","id":"1","source":"fuzz","type":"sas-event-suspicious","time":"2026-01-31T10:00:00Z","datacontenttype":"application/json","data":{"item_level":"serious","event_type":"Unusual logon","groupId":"7","title":"t","asset":"db-01"}}""";

    private const string Scan = """{"specversion":"1.0","id":"2","source":"fuzz","type":"scan.completed","data":{"scanId":"s-1","target":"shop.example.com","avgThreat":"High"}}""";

    private const string Update = """{"apiKey":"KEY","channelId":"C0FUZZ0001","slackToken":"xoxb-fuzz","slackAvgThreat":"Medium","slackCompleteAborted":true,"slackStartFromSchedule":false,"slackStop":true,"slackNotify":false}""";

    private const string Rules = """[{"type":"sas_analysis_online-sas-operation-log-sas-event-suspicious","configItemList":[{"key":"item_level","valueList":["serious","suspicious"]},{"key":"event_type","valueList":["all"]}]},{"type":"sas_analysis_online-sas-operation-log-sas-event-vul","configItemList":[{"key":"necessity","valueList":["asap","later"]}]}]""";

    private const string Function = """{"workspace_id":1,"name":"Fuzz","function_id":"Fn0REPORT01"}""";

    private const string Wish =
        """{"permission_type":"named_entities","user_ids":["U0PERSON01","U0PERSON02"],"team_ids":["T0TEAM0001"],"org_ids":[]}""";

    private const string Yaml =
        $"""
        functions:
          - workspace_id: 1
            name: "Create report"
            function_id: {FuzzTests.FunctionId}
            permission_type: named_entities
            user_ids:
              - U0PERSON01 # alice
              - U0PERSON02
            team_ids: []
          - function_callback_id: "{FuzzTests.CallbackId}"
            function_app_id: {FuzzTests.AppId}
            permission_type: everyone

        """;

    private const string Json = $$"""{"functions":[{"workspace_id":1,"function_id":"{{FuzzTests.FunctionId}}","permission_type":"named_entities","user_ids":["U0PERSON01","U0PERSON02"],"team_ids":[]},{"function_callback_id":"{{FuzzTests.CallbackId}}","function_app_id":"{{FuzzTests.AppId}}","permission_type":"everyone"}]}""";

    private const string Csv =
        $"""
        workspace_id,name,function_id,function_callback_id,function_app_id,permission_type,user_ids,team_ids,org_ids
        1,"Create ""the"" report",{FuzzTests.FunctionId},,,named_entities,U0PERSON01 U0PERSON02,,
        1,'=Other,,{FuzzTests.CallbackId},{FuzzTests.AppId},everyone,,,

        """;

    private static readonly string[] Encodings = ["gzip", "gzip", "gzip", "deflate", "br", "zstd"];

    private static readonly string[] Doors = ["Account/Login", "Account/Accept", "setup", "culture", "Account/Logout"];

    private static readonly string[] ImportFormats = ["yaml", "json", "csv"];

    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["RuleActionName"] = "Fuzz", ["SendUrl"] = "http://127.0.0.1:9/robot/send?access_token=fuzz", ["ConfigList"] = Rules,
            ["GroupIdList"] = "[\"10417151\"]", ["IntervalTime"] = "10",
        ["DingTalkLang"] = "en", ["Id"] = "1", ["Ids"] = "1,2", ["Status"] = "1", ["CurrentPage"] = "1", ["PageSize"] = "20",
        ["Format"] = "JSON", ["Lang"] = "en",
    };

    private static readonly Func<FuzzRequests, Random, Mutator, HttpRequestMessage>[] Formats =
    [
        (f, _, m) => f.Post("api/UpdateSlack", m.Json(Update.Replace("KEY", NotifyAdminSettings.ApiKey, StringComparison.Ordinal)),
            "application/json"),
        (f, r, m) => Keyed(f.Post("api/events", m.Json(r.Next(2) == 0 ? Structured : Scan), r.Next(4) == 0
        ? "application/json" : "application/cloudevents+json")),
        (f, r, m) => Keyed(f.Post("api/events", m.Json($"[{Structured},{Scan}]"), r.Next(4) == 0
        ? "application/json" : "application/cloudevents-batch+json")),
        (f, _, m) => f.Binary(m),
        (f, r, m) => f.Rpc(r, m, Action(r), Parameters),
        (f, r, m) => f.Rpc(r, m, "CreateOrUpdateDingTalk", new Dictionary<string,
        string> { ["RuleActionName"] = "Fuzz", ["SendUrl"] = Parameters["SendUrl"],
        ["ConfigList"] = System.Text.Encoding.UTF8.GetString(m.Json(Rules)) }, isSpoiled: false),
        (f, r, m) => f.Acs3(r, m),
        (f, r, m) => Keyed(f.Post("api/slack-workspaces",
        m.Json("""{"name":"Fuzz","bot_token":"xoxb-fuzz","config_token":"xoxe.xoxp-fuzz","refresh_token":"xoxe-fuzz"}"""),
        "application/json")),
        (f, r, m) => Keyed(r.Next(2) == 0 ? f.Post("api/function-access", m.Json(Function), "application/json")
        : f.Post("api/function-access/1/plan", m.Json(Wish), "application/json")),
        (f, r, m) => Keyed(new HttpRequestMessage(HttpMethod.Get,
        Uri(f.Server, r.Next(2) == 0 ? "api/deliveries" : "api/audit", m.Pairs(new Dictionary<string, string>
        {
            ["eventId"] = "1", ["source"] = "fuzz", ["state"] = "sent", ["cursor"] = "100", ["q"] = "slack",
                ["from"] = "2026-01-31T00:00:00Z", ["to"] = "2026-02-01T00:00:00Z", ["action"] = "person.log-in",
        })))),
        (f, r, m) => f.Import(r, "yaml", m.Lines(Yaml)),
        (f, r, m) => f.Import(r, "json", m.Json(Json)),
        (f, r, m) => f.Import(r, "csv", m.Lines(Csv)),
    ];

    // Those that came later, spoiled also with what cannot be text.
    private static readonly Func<FuzzRequests, Random, Mutator, HttpRequestMessage>[] LaterFormats =
        [(f, r, m) => f.Encoded(r, m), (f, r, m) => f.Form(r, m), .. Formats];

    public static int FormatCount => Formats.Length;

    public Uri Server => server;

    public HttpRequestMessage Create(int number)
    {
        var random = RandomOf(seed, number);
        return Formats[number % Formats.Length](this, random, new Mutator(random));
    }

    /// <summary>A request in one of the earlier formats or the later ones, spoiled also with what cannot be text.</summary>
    public HttpRequestMessage CreateWide(int number)
    {
        var random = RandomOf(seed, number);
        return LaterFormats[number % LaterFormats.Length](this, random, new Mutator(random, isWide: true));
    }

    /// <summary>The same in every process.</summary>
    public static Random RandomOf(int seed, int number) => new(unchecked((seed * 397) ^ (number * 2_654_435)));

    private static string Action(Random random)
    {
        var actions = Enum.GetNames<Admin.SecurityCenter.SecurityCenterOperation>();
        return random.Next(20) == 0 ? "Unheard" : actions[random.Next(actions.Length)];
    }

    private static Uri Uri(Uri server, string path, IEnumerable<KeyValuePair<string, string>> query) =>
        new(server, $"{path}?{string.Join('&', query.Select(pair => $"{Escape(pair.Key)}={Escape(pair.Value)}"))}");

    // Half a surrogate cannot be written in UTF-8: what then stands for it is odd enough.
    private static string Escape(string text) =>
        System.Uri.EscapeDataString(System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)));

    private static HttpRequestMessage Keyed(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", NotifyAdminSettings.ApiKey);
        return request;
    }

    private HttpRequestMessage Post(string path, byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return new HttpRequestMessage(HttpMethod.Post, new Uri(server, path)) { Content = content };
    }

    // Now and then as another format than it is.
    private HttpRequestMessage Import(Random random, string format, byte[] file) =>
        Keyed(Post($"api/function-access/import?format={(random.Next(8) == 0 ? ImportFormats[random.Next(ImportFormats.Length)] : format)}", file, "*/*"));

    private HttpRequestMessage Binary(Mutator mutator)
    {
        var request = Keyed(Post("api/events",
            mutator.Json("""{"necessity":"asap","groupId":"7","title":"OpenSSL needs its update","asset":"db-01"}"""), "application/json"));
        var headers = new Dictionary<string, string>
        {
            ["ce-specversion"] = "1.0", ["ce-id"] = "4", ["ce-source"] = "fuzz", ["ce-type"] = "sas-event-vul",
                ["ce-time"] = "2026-01-31T10:00:00Z", ["ce-subject"] = "s",
        };
        foreach (var (name, value) in mutator.Pairs(headers))
        {
            // What HTTP itself forbids in a header never arrives.
            request.Headers.TryAddWithoutValidation(
                string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(60).DefaultIfEmpty('x')),
                string.Concat(value.Where(c => c is >= ' ' and < '\u007f').Take(4000)));
        }

        return request;
    }

    // Compressed, or said to be.
    private HttpRequestMessage Encoded(Random random, Mutator mutator)
    {
        var json = mutator.Json(Structured);
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(json);
        }

        var request = Keyed(Post("api/events", random.Next(3) == 0 ? json : mutator.Lines(compressed.ToArray()),
            "application/cloudevents+json"));
        request.Content!.Headers.ContentEncoding.Add(Encodings[random.Next(Encodings.Length)]);
        return request;
    }

    // What anybody may send: the log-in, the set-up and a one-time link.
    private HttpRequestMessage Form(Random random, Mutator mutator)
    {
        var pairs = mutator.Pairs(new Dictionary<string, string>
        {
            ["Email"] = "a@example.test", ["Password"] = "password", ["_handler"] = "log-in", ["Code"] = "1", ["token"] = "x",
        });
        var path = Doors[random.Next(Doors.Length)];
        return random.Next(2) == 0
            ? new HttpRequestMessage(HttpMethod.Get, Uri(server, path, pairs))
            : Post(path,
                System.Text.Encoding.UTF8.GetBytes(string.Join('&', pairs.Select(pair => $"{Escape(pair.Key)}={Escape(pair.Value)}"))),
                "application/x-www-form-urlencoded");
    }

    private HttpRequestMessage Rpc(Random random, Mutator mutator, string action, IReadOnlyDictionary<string, string> parameters,
        bool isSpoiled = true)
    {
        var spoiled = (isSpoiled ? mutator.Pairs(parameters) : parameters).ToDictionary(pair => Plain(pair.Key), pair => Plain(pair.Value));
        var query = SignedCalls.RpcQuery("POST", action, NotifyAdminSettings.AccessKeyId, NotifyAdminSettings.AccessKeySecret,
            TimeProvider.System.GetUtcNow(), spoiled);
        // Now and then the signature itself is spoiled, or what it covers.
        var sent = random.Next(4) == 0 ? Escaped(mutator.Text(query)) : query;
        if (random.Next(2) == 0)
        {
            return new HttpRequestMessage(HttpMethod.Post, new Uri(server, $"/{sent}"));
        }

        return Post("/", System.Text.Encoding.UTF8.GetBytes(sent.TrimStart('?')), "application/x-www-form-urlencoded");
    }

    private HttpRequestMessage Acs3(Random random, Mutator mutator)
    {
        var form = string.Join('&', mutator.Pairs(Parameters).Select(pair => $"{Escape(pair.Key)}={Escape(pair.Value)}"));
        var request = SignedCalls.Acs3(server, Action(random), NotifyAdminSettings.AccessKeyId, NotifyAdminSettings.AccessKeySecret,
            TimeProvider.System.GetUtcNow(), form);
        if (random.Next(3) == 0)
        {
            var header = ((string[])["x-acs-date", "x-acs-version", "x-acs-action", "x-acs-content-sha256", "x-acs-signature-nonce",
                "Authorization"])[random.Next(6)];
            var value = mutator.Text(string.Join(',', request.Headers.NonValidated[header]));
            request.Headers.Remove(header);
            request.Headers.TryAddWithoutValidation(header, string.Concat(value.Where(c => c is >= ' ' and < '\u007f').Take(4000)));
        }

        return request;
    }

    private static string Plain(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    // A request line of at most 8 KiB, in the letters that an address may have.
    private static string Escaped(string query) =>
        $"?{string.Concat(query.TrimStart('?').Where(c => c is > ' ' and < '\u007f' and not '#').Take(7000))}";
}
