using System.Text.Json;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.Hardening;

/// <summary>Addresses that would make the server call what it must not, given where a program may give one: refused unsent and
/// unsaved.</summary>
public sealed class ForgedAddressTests
{
    private const string Query = "/robot/send?access_token=abc123";

    private static readonly string[] Elsewhere =
    [
        // This machine, the cloud's metadata, the network inside: as they are, and as they can also be written.
        "http://127.0.0.1{port}", "http://127.1{port}", "http://127.0.0.2{port}", "http://2130706433{port}", "http://0x7f000001{port}",
            "http://0x7f.1{port}", "http://017700000001{port}", "http://0177.0.0.1{port}",
        "http://0{port}", "http://0.0.0.0{port}", "http://[::1]{port}", "http://[::]{port}", "http://[::ffff:127.0.0.1]{port}",
        "http://[::ffff:7f00:1]{port}", "http://[0:0:0:0:0:ffff:127.0.0.1]{port}",
        "http://[64:ff9b::7f00:1]{port}", "http://①②⑦.⓪.⓪.①{port}", "http://localhost.{port}", "http://LOCALHOST.localdomain{port}",
        "http://ip6-localhost{port}",
        "http://169.254.169.254", "http://[fd00:ec2::254]", "http://100.100.100.200", "http://metadata.google.internal",
        "http://2852039166", "http://0xa9fea9fe", "http://169.254.43518", "http://[::ffff:169.254.169.254]",
        "http://10.0.0.1", "http://172.16.0.1", "http://192.168.1.1", "http://127.0.0.1.nip.io{port}", "http://localtest.me{port}",
        "http://spoofed.burpcollaborator.net",
        // The allowed host, but not quite.
        "http://localhost{port}@evil.example", "http://evil.example@localhost{port}", "http://evil.example%40localhost{port}",
            "http://user:password@localhost{port}", "http://localhost{port}%2f@evil.example",
        "http://localhost%00.evil.example{port}", "http://localhost.evil.example{port}", "http://evil.example#@localhost{port}",
        "http://evil.example?@localhost{port}", "http://evil.example\\@localhost{port}",
        "http://localhost\\@evil.example", "http://localhost:1", "http://localhost:080", "https://localhost{port}",
        "http://localhost{port}//", "http://localhost{port};",
        "ftp://localhost{port}", "file://localhost", "gopher://localhost{port}", "dict://localhost{port}", "ws://localhost{port}",
        "//localhost{port}", "localhost{port}", "jar:http://localhost{port}", "http:localhost{port}",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendUrl_AnyTrick_IsRefusedUnsentAndUnsaved()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        var port = $":{sandbox.BaseAddress.Port}";
        var allowed = $"http://localhost{port}/robot/send";
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Sandbox = sandbox,
            Configuration = new Dictionary<string, string> { ["DingTalk:AllowedWebhooks:0"] = allowed },
        });
        List<string> wrong = [];
        foreach (var address in Elsewhere)
        {
            var code = await CreateAsync(app, address.Replace("{port}", port, StringComparison.Ordinal) + Query);
            if (code is null or "InternalError")
            {
                wrong.Add($"{address}: {code ?? "taken"}");
            }
        }

        wrong.ShouldBeEmpty();
        (await app.Chatbots().FindPageAsync(null, 1, 10, Actor.System, Stop)).Chatbots.ShouldBeEmpty();
        sandbox.Calls.All.ShouldBeEmpty();
        // What means the allowed address is saved as that.
        foreach (var address in new[] { allowed, $"HTTP://LocalHost{port}/robot/send", $"http://localhost{port}/x/../robot/send",
            $"http://localhost{port}/%2e%2e/robot/send" })
        {
            (await CreateAsync(app, $"{address}?access_token={RobotSeeds.KeywordToken}")).ShouldBeNull(address);
        }

        (await app.Chatbots().FindPageAsync(null, 1, 10, Actor.System, Stop)).Chatbots
            .ShouldAllBe(chatbot => chatbot.MaskedUrl.StartsWith($"{allowed}?access_token=*", StringComparison.Ordinal));
    }

    // The code of the refusal; null when it was taken.
    private static async Task<string?> CreateAsync(NotifyAdminApp app, string address)
    {
        var parameters = new Dictionary<string, string>
        {
            ["RuleActionName"] = "Forged", ["SendUrl"] = address, ["ConfigList"] = "[]", ["GroupIdList"] = "[]", ["IntervalTime"] = "10",
                ["DingTalkLang"] = "en", ["Format"] = "JSON",
        };
        var query = SignedCalls.RpcQuery("POST", "CreateOrUpdateDingTalk", NotifyAdminSettings.AccessKeyId,
            NotifyAdminSettings.AccessKeySecret, TimeProvider.System.GetUtcNow(), parameters);
        using var answer = await app.CreateClient().PostAsync($"/{query}", null, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return answer.IsSuccessStatusCode ? null : JsonSerializer.Deserialize<JsonElement>(text).GetProperty("Code").GetString();
    }
}
