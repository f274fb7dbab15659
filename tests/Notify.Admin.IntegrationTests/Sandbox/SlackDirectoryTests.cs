using System.Text.Json;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Sandbox;

public sealed class SlackDirectoryTests : SandboxTest
{
    [Fact]
    public async Task ConversationsList_PageByPage_GivesEachChannelOnce()
    {
        var whole = await ListAsync("conversations.list", "channels", new { limit = 1000 });
        var paged = await ListAsync("conversations.list", "channels", new { limit = 3 });

        paged.ShouldBe(whole);
        whole.ShouldContain(SlackSeeds.Archived);
        whole.ShouldNotContain(SlackSeeds.PrivateInvited);
        whole.ShouldNotContain("C0LABS0001");
    }

    [Fact]
    public async Task ConversationsList_Filtered_LeavesOutArchivedAndForeignPrivateChannels()
    {
        var channels = await ListAsync("conversations.list", "channels",
            new { types = "public_channel,private_channel", exclude_archived = "true" });

        channels.ShouldContain(SlackSeeds.PrivateInvited);
        channels.ShouldNotContain(SlackSeeds.PrivateNotInvited);
        channels.ShouldNotContain(SlackSeeds.Archived);
    }

    [Fact]
    public async Task ConversationsList_FilteredPage_MayBeEmptyWithACursor()
    {
        Server.Slack.Channels.Replace([.. Enumerable.Range(0, 4).Select(index =>
            new SandboxChannel { Id = $"C{index}", Name = $"c{index}", IsArchived = index < 2 })]);

        var page = await SlackAsync("conversations.list", new { limit = 2, exclude_archived = "true" });

        page.GetProperty("channels").GetArrayLength().ShouldBe(0);
        page.GetProperty("response_metadata").GetProperty("next_cursor").GetString().ShouldNotBeNullOrEmpty();
        (await ListAsync("conversations.list", "channels", new { limit = 2, exclude_archived = "true" })).ShouldBe(["C2", "C3"]);
    }

    [Theory]
    [InlineData("cursor", "bm9uc2Vuc2U=", "invalid_cursor")]
    [InlineData("cursor", "%%%", "invalid_cursor")]
    [InlineData("limit", "many", "invalid_limit")]
    [InlineData("limit", "1001", "invalid_limit")]
    [InlineData("types", "carrier_pigeon", "invalid_types")]
    [InlineData("types", "mpim", "missing_scope")]
    public async Task ConversationsList_BadArgument_AnswersItsCode(string name, string value, string code)
    {
        Code(await SlackAsync("conversations.list", new Dictionary<string, string> { [name] = value })).ShouldBe(code);
    }

    [Fact]
    public async Task Lists_OrgTokenWithoutTeam_MissTheArgument()
    {
        Code(await SlackAsync("conversations.list", token: SlackSeeds.OrgToken)).ShouldBe("missing_argument");
        Code(await SlackAsync("users.list", token: SlackSeeds.OrgToken)).ShouldBe("missing_argument");
        Code(await SlackAsync("users.list", new { team_id = "T404" }, SlackSeeds.OrgToken)).ShouldBe("team_not_found");
        var labs = await SlackAsync("conversations.list", new { team_id = SlackSeeds.OtherTeamId }, SlackSeeds.OrgToken);
        labs.GetProperty("channels").EnumerateArray().Single().GetProperty("name").GetString().ShouldBe("labs-alerts");
    }

    [Fact]
    public async Task ConversationsInfo_VisibleAndInvisible_AreToldApart()
    {
        var info = await SlackAsync("conversations.info", new { channel = SlackSeeds.Joined, include_num_members = "true" });

        info.GetProperty("channel").GetProperty("is_member").GetBoolean().ShouldBeTrue();
        info.GetProperty("channel").GetProperty("num_members").GetInt32().ShouldBe(3);
        Code(await SlackAsync("conversations.info", new { channel = SlackSeeds.PrivateNotInvited })).ShouldBe("channel_not_found");
        Code(await SlackAsync("conversations.info")).ShouldBe("missing_argument");
    }

    [Fact]
    public async Task ConversationsJoin_PublicChannel_MakesPostingPossible()
    {
        var joined = await SlackAsync("conversations.join", new { channel = SlackSeeds.NotJoined });
        var again = await SlackAsync("conversations.join", new { channel = SlackSeeds.NotJoined });

        joined.TryGetProperty("warning", out _).ShouldBeFalse();
        again.GetProperty("warning").GetString().ShouldBe("already_in_channel");
        Strings(again.GetProperty("response_metadata").GetProperty("warnings")).ShouldBe(["already_in_channel"]);
        Code(await SlackAsync("chat.postMessage", new { channel = SlackSeeds.NotJoined, text = "x" })).ShouldBe("ok");
    }

    [Theory]
    [InlineData(SlackSeeds.PrivateNotInvited, SlackSeeds.BotToken, "method_not_supported_for_channel_type")]
    [InlineData(SlackSeeds.Archived, SlackSeeds.BotToken, "is_archived")]
    [InlineData("C0NOWHERE1", SlackSeeds.BotToken, "channel_not_found")]
    [InlineData(SlackSeeds.NotJoined, SlackSeeds.ReadOnlyToken, "missing_scope")]
    public async Task ConversationsJoin_WhereItCannot_AnswersItsCode(string channel, string token, string code)
    {
        Code(await SlackAsync("conversations.join", new { channel }, token)).ShouldBe(code);
    }

    [Fact]
    public async Task UsersList_PageByPage_GivesEachMemberOnce()
    {
        var whole = await ListAsync("users.list", "members", new { });
        var paged = await ListAsync("users.list", "members", new { limit = 7 });

        paged.ShouldBe(whole);
        whole.Count.ShouldBe(31);
    }

    [Fact]
    public async Task UsersList_Members_ShowEmailOnlyWithItsScope()
    {
        var withScope = await SlackAsync("users.info", new { user = SlackSeeds.PersonId(11) });
        var without = await SlackAsync("users.info", new { user = SlackSeeds.PersonId(11) }, SlackSeeds.ReadOnlyToken);

        withScope.GetProperty("user").GetProperty("profile").GetProperty("email").GetString().ShouldBe("wang.wei@example.com");
        without.GetProperty("user").GetProperty("profile").TryGetProperty("email", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Users_Unknown_AnswerTheirOwnCodes()
    {
        Code(await SlackAsync("users.info", new { user = "U404" })).ShouldBe("user_not_found");
        Code(await SlackAsync("users.lookupByEmail", new { email = "nobody@example.com" })).ShouldBe("users_not_found");
        Code(await SlackAsync("users.lookupByEmail", new { email = "sam.former@example.com" })).ShouldBe("users_not_found");
        Code(await SlackAsync("users.lookupByEmail", new { email = "alice.nguyen@example.com" }, SlackSeeds.ReadOnlyToken))
            .ShouldBe("missing_scope");
        var found = await SlackAsync("users.lookupByEmail", new { email = "Alice.Nguyen@example.com" });
        found.GetProperty("user").GetProperty("id").GetString().ShouldBe(SlackSeeds.PersonId(1));
    }

    private async Task<List<string?>> ListAsync(string method, string name, object arguments)
    {
        var all = new List<string?>();
        var asked = JsonSerializer.SerializeToElement(arguments).EnumerateObject()
            .ToDictionary(member => member.Name, member => member.Value.ToString());
        do
        {
            var page = await SlackAsync(method, asked);
            all.AddRange(page.GetProperty(name).EnumerateArray().Select(item => item.GetProperty("id").GetString()));
            asked["cursor"] = page.GetProperty("response_metadata").GetProperty("next_cursor").GetString()!;
        }
        while (asked["cursor"].Length > 0);

        return all;
    }
}
