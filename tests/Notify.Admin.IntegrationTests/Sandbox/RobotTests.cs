using System.Net;
using System.Text;
using System.Text.Json;
using Notify.Sandbox;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.Sandbox;

public sealed class RobotTests : SandboxTest
{
    private const string Everything = "everything";

    [Fact]
    public async Task Send_WithKeyword_IsRecorded()
    {
        var answer = await RobotAsync(new { msgtype = "markdown", markdown = new { title = "告警", text = "disk" },
            at = new { atMobiles = new[] { "13800000000" } } });

        answer.GetRawText().ShouldBe("""{"errcode":0,"errmsg":"ok"}""");
        var message = Server.Messages.All.Single();
        message.Target.ShouldBe(SandboxTarget.DingTalk);
        message.Destination.ShouldBe("Keyword robot");
        message.WentTo(RobotSeeds.KeywordToken).ShouldBeTrue();
        message.Text.ShouldBe("告警\ndisk");
        message.Mentions.ShouldBe(["@13800000000"]);
    }

    [Theory]
    [InlineData(RobotSeeds.KeywordToken, 310000, "keywords not in content")]
    [InlineData(RobotSeeds.SignedToken, 310000, "sign not match")]
    [InlineData(RobotSeeds.IpToken, 310000, "ip 127.0.0.1 not in whitelist")]
    [InlineData(RobotSeeds.DisabledToken, 400102, "robot is disabled")]
    [InlineData("nosuchrobot", 300001, "token is not exist")]
    public async Task Send_ToEachDefaultRobot_IsRefusedInOldWords(string token, int code, string words)
    {
        var answer = await RobotAsync(Text("hello"), token);

        answer.GetProperty("errcode").GetInt32().ShouldBe(code);
        answer.GetProperty("errmsg").GetString().ShouldStartWith(words);
        Server.Messages.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(RobotSeeds.KeywordToken, 310000, "description:关键词不匹配;solution:")]
    [InlineData(RobotSeeds.SignedToken, 310000, "description:机器人发送签名不匹配;solution:")]
    [InlineData(RobotSeeds.DisabledToken, 400102, "description:机器人已停用;")]
    [InlineData("nosuchrobot", 400101, "description:")]
    public async Task Send_InNewStyle_IsRefusedInStructuredChinese(string token, int code, string words)
    {
        await PutAsync("/settings", new { errorStyle = "new" });

        var answer = await RobotAsync(Text("hello"), token);

        answer.GetProperty("errcode").GetInt32().ShouldBe(code);
        answer.GetProperty("errmsg").GetString().ShouldStartWith(words);
    }

    /// <summary>One robot that everything is wrong with, mended step by step: each answer is the next check's.</summary>
    [Fact]
    public async Task Send_EverythingWrong_IsRefusedInTheDocumentedOrder()
    {
        var robot = new SandboxRobot
        {
            Token = Everything, Dissolved = true, Enabled = false, PerMinute = 1, Secret = RobotSeeds.SignedSecret,
                AllowedIps = ["203.0.113.7"], Keywords = ["magic"],
        };
        var large = Text(new string('字', 6_700));

        (await RawAsync("text/plain", "not json")).ShouldBe(43004);
        (await RawAsync("application/json", "not json" + new string(' ', 20_000))).ShouldBe(40035);
        (await CodeAsync(large)).ShouldBe(460101);
        (await CodeAsync(Text("x"))).ShouldBe(300001);
        Server.Robots.Put(robot);
        (await CodeAsync(Text("x"))).ShouldBe(400013);
        Server.Robots.Put(robot = robot with { Dissolved = false });
        (await CodeAsync(Text("x"))).ShouldBe(400102);
        Server.Robots.Put(robot = robot with { Enabled = true });
        (await WordsAsync(Text("x"))).ShouldStartWith("sign not match");
        (await WordsAsync(Text("x"), "&timestamp=1735787045&sign=x")).ShouldStartWith("invalid timestamp");
        (await WordsAsync(Text("x"), "&timestamp=1735787045000&sign=x")).ShouldStartWith("sign not match");
        (await WordsAsync(Text("x"), Signed())).ShouldStartWith("ip 127.0.0.1");
        Server.Robots.Put(robot = robot with { AllowedIps = ["127.0.0.0/8", "::1"] });
        (await WordsAsync(Text("x"), Signed())).ShouldStartWith("keywords");
        (await CodeAsync(new { msgtype = "song", song = new { title = "magic" } }, Signed())).ShouldBe(400105);
        (await CodeAsync(new { msgtype = "markdown", markdown = new { text = "magic" } }, Signed())).ShouldBe(40035);
        (await CodeAsync(Text("magic"), Signed())).ShouldBe(0);
        (await CodeAsync(Text("magic"))).ShouldBe(130101);
    }

    [Theory]
    [InlineData("1735787045000", "SEC0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "iiIrcMK1EesBNhzhcJ+1BR4XC6D9cVa7G0jTp4AMpw8=")]
    [InlineData("1735787045007", "SEC0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "8/v5keJ3pwfvCOSeg+NUgX+to+z5iaYsxsXPj1GiVM0=")]
    [InlineData("1735787045000", "this is secret", "xt8FAVs7oPjJwMdTz7dryGoWKkTo7u21VWyPVyrwGGw=")]
    public async Task Signature_Vectors_AreAcceptedEncodedOnce(string timestamp, string secret, string sign)
    {
        Server.Robots.Put(new SandboxRobot { Token = Everything, Secret = secret });
        var once = Uri.EscapeDataString(sign);

        RobotSignature.Compute(timestamp, secret).ShouldBe(sign);
        (await CodeAsync(Text("x"), $"&timestamp={timestamp}&sign={once}")).ShouldBe(0);
        (await CodeAsync(Text("x"), $"&timestamp={timestamp}&sign={Uri.EscapeDataString(once)}")).ShouldBe(310000);
    }

    [Theory]
    [InlineData(3_600_000, 0)]
    [InlineData(-3_600_000, 0)]
    [InlineData(3_600_001, 310000)]
    [InlineData(-3_600_001, 310000)]
    public async Task Signature_Timestamp_MayBeOneHourOff(int milliseconds, int code)
    {
        (await RobotAsync(Text("x"), RobotSeeds.SignedToken, Signed(milliseconds))).GetProperty("errcode").GetInt32().ShouldBe(code);
    }

    [Fact]
    public async Task Rate_The21stInAMinute_ShutsTheRobotForTenMinutes()
    {
        for (var i = 0; i < 20; i++)
        {
            (await RobotAsync(Text("Notify"))).GetProperty("errcode").GetInt32().ShouldBe(0);
            Time.Move(TimeSpan.FromSeconds(1));
        }

        var refused = await RobotAsync(Text("Notify"));
        var end = Time.GetUtcNow() + TimeSpan.FromMinutes(10);
        Time.Move(TimeSpan.FromMinutes(9));
        var still = await RobotAsync(Text("Notify"));
        Server.Robots.BlockedUntil(RobotSeeds.KeywordToken).ShouldBe(end);
        Time.Move(TimeSpan.FromMinutes(1));
        var open = await RobotAsync(Text("Notify"));

        refused.GetProperty("errcode").GetInt32().ShouldBe(130101);
        refused.GetProperty("errmsg").GetString().ShouldBe("send too fast, exceed 20 times per minute");
        refused.GetProperty("status").GetInt32().ShouldBe(1111);
        still.GetProperty("errcode").GetInt32().ShouldBe(130101);
        open.GetProperty("errcode").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Rate_Window_SlidesAndCountsOnlyAcceptedMessages()
    {
        for (var i = 0; i < 30; i++)
        {
            await RobotAsync(Text("refused for want of a keyword"));
        }

        for (var i = 0; i < 20; i++)
        {
            await RobotAsync(Text("Notify"));
        }

        Time.Move(TimeSpan.FromSeconds(60));

        (await RobotAsync(Text("Notify"))).GetProperty("errcode").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Rate_InNewStyle_IsAnotherCode()
    {
        await PutAsync($"/robots/{Everything}", new { perMinute = 1, errorStyle = "new" });

        (await CodeAsync(Text("x"))).ShouldBe(0);
        (await CodeAsync(Text("x"))).ShouldBe(410100);
    }

    [Fact]
    public async Task Size_ExactlyTheLimit_IsAccepted()
    {
        Server.Robots.Put(new SandboxRobot { Token = Everything });
        var room = 20_000 - Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(Text("")));

        (await CodeAsync(Text(new string('x', room)))).ShouldBe(0);
        (await CodeAsync(Text(new string('x', room + 1)))).ShouldBe(460101);
    }

    [Theory]
    [InlineData("""{"msgtype":"text","text":{"content":"x"}}""", 0)]
    [InlineData("""{"msgtype":"text"}""", 40035)]
    [InlineData("""{"text":{"content":"x"}}""", 40035)]
    [InlineData("""{"msgtype":"link","link":{"title":"t","text":"x","messageUrl":"https://x"}}""", 0)]
    [InlineData("""{"msgtype":"link","link":{"title":"t","text":"x","messageURL":"https://x"}}""", 40035)]
    [InlineData("""{"msgtype":"actionCard","actionCard":{"title":"t","text":"x","singleTitle":"Open","singleURL":"https://x"}}""", 0)]
    [InlineData("""{"msgtype":"actionCard","actionCard":{"title":"t","text":"x","btns":[{"title":"A","actionURL":"https://x"}]}}""", 0)]
    [InlineData("""{"msgtype":"actionCard","actionCard":{"title":"t","text":"x","btns":[{"title":"A"}]}}""", 40035)]
    [InlineData("""{"msgtype":"actionCard","actionCard":{"title":"t","text":"x"}}""", 40035)]
    [InlineData("""{"msgtype":"feedCard","feedCard":{"links":[{"title":"t","messageURL":"https://x","picURL":"https://x"}]}}""", 0)]
    [InlineData("""{"msgtype":"feedCard","feedCard":{"links":[]}}""", 40035)]
    [InlineData("""[]""", 40035)]
    public async Task Send_EachType_NeedsItsFields(string message, int code)
    {
        Server.Robots.Put(new SandboxRobot { Token = Everything });

        (await CodeAsync(message)).ShouldBe(code);
    }

    [Fact]
    public async Task Send_ByGet_IsNotAllowed()
    {
        using var response = await Http.GetAsync(Server.RobotUrl(RobotSeeds.KeywordToken), Token);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    private string Signed(int millisecondsOff = 0)
    {
        var timestamp = (Time.GetUtcNow().ToUnixTimeMilliseconds() + millisecondsOff)
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
        return $"&timestamp={timestamp}&sign={Uri.EscapeDataString(RobotSignature.Compute(timestamp, RobotSeeds.SignedSecret))}";
    }

    private async Task<int> CodeAsync(object message, string extra = "") =>
        (await RobotAsync(message, Everything, extra)).GetProperty("errcode").GetInt32();

    private async Task<string?> WordsAsync(object message, string extra = "") =>
        (await RobotAsync(message, Everything, extra)).GetProperty("errmsg").GetString();

    private async Task<int> RawAsync(string contentType, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        using var response = await Http.PostAsync(Server.RobotUrl(Everything), content, Token);
        return (await ReadAsync(response)).GetProperty("errcode").GetInt32();
    }
}
