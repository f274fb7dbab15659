using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.DingTalk;

/// <summary>Saving, finding, deleting and testing chatbots, on each store.</summary>
public sealed class ChatbotServiceTests(ChatbotServiceTests.UnpacedApp shared) : IClassFixture<ChatbotServiceTests.UnpacedApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Save_KeepsEverythingAndNoPlainSecret(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        const string secret = "SEC-canary-in-the-coal-mine-0123456789";
        var rules = ConfigList.Parse("""[{"type":"sas_analysis_pre-sas-operation-log-sas-event-suspicious","configItemList":[{"key":"event_type","valueList":["Unheard of","网站后门"]}]}]""").List!;

        var id = await app.AddChatbotAsync(RobotSeeds.SignedToken, change => change with
        {
            Name = "  值班 on-call ",
            IntervalMinutes = 5,
            Language = DingTalkLanguage.En,
            Rules = rules,
            GroupIds = ["7", "007", "12"],
            Security = new(RobotSecurityMode.Signature, secret, "Notify"),
            Mentions = new(MentionMode.Mobiles, "13800000000；+852-51234567"),
        });

        var stored = (await app.Chatbots().FindAsync(id, Actor.System, Token))!;
        stored.ShouldSatisfyAllConditions(
            c => c.Name.ShouldBe("值班 on-call"),
            c => c.IntervalMinutes.ShouldBe(5),
            c => c.Language.ShouldBe(DingTalkLanguage.En),
            c => c.ConfigList.ShouldBe(rules.Json),
            c => c.GroupIdList.ShouldBe("""["7","12"]"""),
            c => c.MentionMobiles.ShouldBe("13800000000,+852-51234567"),
            c => c.MaskedUrl.ShouldEndWith("?access_token=****gned"),
            c => c.Secret!.LastFour.ShouldBe("6789"),
            c => c.Keyword.ShouldBe("Notify"),
            c => c.ChangedBy.ShouldBe("system"),
            c => c.Version.ShouldBe(1));
        await using var context = await ContextAsync(app);
        var row = await context.DingTalkChatbots.AsNoTracking().SingleAsync(c => c.Id == id, Token);
        var entry = await context.AuditEntries.AsNoTracking().SingleAsync(e => e.Action == "dingtalk-chatbot.create", Token);
        foreach (var text in new[] { row.AccessToken.Ciphertext, row.Secret!.Ciphertext, row.Fingerprint, row.MaskedUrl, entry.Changes!,
            string.Join('\n', app.Logs.Lines) })
        {
            text.ShouldNotContain(secret);
            text.ShouldNotContain(RobotSeeds.SignedToken);
        }
    }

    [Theory, DatabaseData]
    public async Task Save_AgainstAnOlderVersion_IsAConflict(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        await app.EditChatbotAsync(id, change => change with { Name = "Theirs" });

        var result = await app.Chatbots().SaveAsync(new ChatbotChange { Id = id, ExpectedVersion = 1, Name = "Mine" }, Actor.System, Token);

        result.ShouldBeOfType<Conflict<DingTalkChatbot>>().Theirs.Name.ShouldBe("Theirs");
        (await app.Chatbots().SaveAsync(new ChatbotChange { Id = id, Name = "A program's" }, Actor.System,
            Token)).ShouldBeOfType<Saved<DingTalkChatbot>>();
        (await app.Chatbots().SaveAsync(new ChatbotChange { Id = id + 1, Name = "Nobody" }, Actor.System,
            Token)).ShouldBeOfType<Gone<DingTalkChatbot>>();
    }

    [Theory, DatabaseData]
    public async Task Save_ByProgram_TouchesNothingThatItCannotSay(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddChatbotAsync(RobotSeeds.SignedToken, change => change with
        {
            Security = new(RobotSecurityMode.Signature, RobotSeeds.SignedSecret, null),
            Mentions = new(MentionMode.Everyone, null),
        });
        var before = (await app.Chatbots().FindAsync(id, Actor.System, Token))!;

        await app.Chatbots().SaveAsync(new ChatbotChange { Id = id, Name = "Renamed",
            Webhook = app.Sandbox.RobotUrl(RobotSeeds.SignedToken).AbsoluteUri }, Actor.System, Token);

        (await app.Chatbots().FindAsync(id, Actor.System, Token))!.ShouldSatisfyAllConditions(
            c => c.Name.ShouldBe("Renamed"),
            c => c.SecurityMode.ShouldBe(RobotSecurityMode.Signature),
            c => c.Secret.ShouldBe(before.Secret),
            c => c.AccessToken.ShouldBe(before.AccessToken),
            c => c.Mention.ShouldBe(MentionMode.Everyone),
            c => c.ConfigList.ShouldBe(before.ConfigList));
    }

    [Fact]
    public async Task Create_ByProgram_HasTheVendorsKeyword()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        var saved = await app.Chatbots()
            .SaveAsync(new ChatbotChange { Name = "By API", Webhook = app.Sandbox.RobotUrl("abc123").AbsoluteUri }, Actor.System, Token);

        saved.ShouldBeOfType<Saved<DingTalkChatbot>>().Stored.ShouldSatisfyAllConditions(
            c => c.Keyword.ShouldBe(ChatbotWriter.VendorKeyword), c =>
                c.ConfigList.ShouldBe("[]"), c => c.IsOn.ShouldBeTrue(), c => c.Language.ShouldBe(DingTalkLanguage.Zh));
    }

    [Theory, DatabaseData]
    public async Task FindPage_FiltersByPartOfTheName_NewestFirst(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        foreach (var name in new[] { "生产 告警*~", "Prod alerts", "Prod 100% alerts", "Staging" })
        {
            await app.AddChatbotAsync(RobotSeeds.KeywordToken, change => change with { Name = name });
        }

        (await NamesAsync("", 1, 20)).ShouldBe((4, "Staging|Prod 100% alerts|Prod alerts|生产 告警*~"));
        (await NamesAsync("alerts", 1, 1)).ShouldBe((2, "Prod 100% alerts"));
        (await NamesAsync("alerts", 2, 1)).ShouldBe((2, "Prod alerts"));
        (await NamesAsync("告警*", 1, 20)).ShouldBe((1, "生产 告警*~"));
        (await NamesAsync("100%", 1, 20)).ShouldBe((1, "Prod 100% alerts"));
        (await NamesAsync("alerts", int.MaxValue, 100)).ShouldBe((2, ""));

        async Task<(int, string)> NamesAsync(string part, int page, int size)
        {
            var found = await app.Chatbots().FindPageAsync(part, page, size, Actor.System, Token);
            return (found.TotalCount, string.Join('|', found.Chatbots.Select(c => c.Name)));
        }
    }

    [Theory, DatabaseData]
    public async Task Switch_One_SaysWhatCameOfIt(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken);

        (await app.Chatbots().SwitchAsync(id, isOn: true, Actor.System, Token)).ShouldBe(SwitchOutcome.WasSo);
        (await app.Chatbots().SwitchAsync(id, isOn: false, Actor.System, Token)).ShouldBe(SwitchOutcome.Done);
        (await app.Chatbots().SwitchAsync(4711, isOn: false, Actor.System, Token)).ShouldBe(SwitchOutcome.Gone);

        var stored = (await app.Chatbots().FindAsync(id, Actor.System, Token))!;
        (stored.IsOn, stored.Version).ShouldBe((false, 2));
    }

    [Theory, DatabaseData]
    public async Task DeleteAndSwitch_WithAnUnknownId_ChangeNothing(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var one = await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        var two = await app.AddChatbotAsync(RobotSeeds.KeywordToken);

        (await app.Chatbots().DeleteAsync([one, 4711, two], Actor.System, Token)).ShouldBe([4711]);
        (await app.Chatbots().SwitchAsync([one, 4711], isOn: false, Actor.System, Token)).ShouldBe([4711]);
        (await app.Chatbots().FindPageAsync(null, 1, 10, Actor.System, Token)).Chatbots.Select(c => (c.Id, c.IsOn, c.Version))
            .ShouldBe([(two, true, 1), (one, true, 1)]);

        (await app.Chatbots().SwitchAsync([one], isOn: false, Actor.System, Token)).ShouldBeEmpty();
        (await app.Chatbots().DeleteAsync([two], Actor.System, Token)).ShouldBeEmpty();
        (await app.Chatbots().FindPageAsync(null, 1, 10, Actor.System, Token)).Chatbots.Select(c => (c.Id, c.IsOn, c.Version))
            .ShouldBe([(one, false, 2)]);
    }

    [Theory, DatabaseData]
    public async Task Save_IsAnnouncedOnce(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var feed = app.Services.GetRequiredService<ChangeFeed>();
        var (channels, people) = (await VersionAsync(app, ChangeAreas.Channels), await VersionAsync(app, ChangeAreas.People));

        await app.AddChatbotAsync(RobotSeeds.KeywordToken);

        // Whatever was announced beside the save is published together with this.
        feed.Announce(ChangeAreas.People);
        await Eventually.HoldsAsync(async () => await VersionAsync(app, ChangeAreas.People) > people, TimeSpan.FromSeconds(60));
        (await VersionAsync(app, ChangeAreas.Channels)).ShouldBe(channels + 1);
    }

    [Fact]
    public async Task ChangedRobot_NeverGetsTheStoredSecret()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddChatbotAsync(RobotSeeds.SignedToken,
            change => change with { Security = new(RobotSecurityMode.Signature, RobotSeeds.SignedSecret, null) });
        var elsewhere = new ChatbotChange
        {
            Id = id,
            Name = "Elsewhere",
            Webhook = app.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri,
            Security = new SecurityChange(RobotSecurityMode.Signature, null, "Notify"),
        };

        var tested = await app.Chatbots().TestDraftAsync(elsewhere, TestChoice.Newest, Actor.System, Token);
        var saved = await app.Chatbots().SaveAsync(elsewhere, Actor.System, Token);

        tested.Refusals.ShouldHaveSingleItem().Field.ShouldBe("Secret");
        saved.ShouldBeOfType<Invalid<DingTalkChatbot>>().Refusals.ShouldHaveSingleItem().Field.ShouldBe("Secret");
        app.Sandbox.Calls.All.ShouldBeEmpty();
        var same = elsewhere with { Webhook = app.Sandbox.RobotUrl(RobotSeeds.SignedToken).AbsoluteUri };
        (await app.Chatbots().TestDraftAsync(same, TestChoice.Newest, Actor.System, Token)).Test!.Outcome.Result!.Accepted.ShouldBeTrue();
    }

    [Theory, DatabaseData]
    public async Task TakeTest_OfJustWhatIsSaved_IsItsLastTest(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var draft = Signed(app);
        var tested = (await app.Chatbots().TestDraftAsync(draft, TestChoice.Newest, Actor.System, Token)).Test!;

        var id = await SaveAsync(app, draft with { IntervalMinutes = 5 });
        await app.Chatbots().TakeTestAsync(id, tested, Actor.System, Token);

        var health = await app.HealthOfAsync(id);
        health.LastTestAccepted.ShouldBe(true);
        health.LastTestAt.ShouldBe(tested.Outcome.At);
        await using var context = await ContextAsync(app);
        (await context.Messages.AsNoTracking().SingleAsync(Token)).ChannelId.ShouldBe(id);
    }

    [Theory]
    [InlineData("keyword")]
    [InlineData("secret")]
    [InlineData("security")]
    [InlineData("webhook")]
    public async Task TakeTest_OfADraftChangedSince_CountsForNothing(string changed)
    {
        var app = shared.App;
        var draft = Signed(app);
        var tested = (await app.Chatbots().TestDraftAsync(draft, TestChoice.Newest, Actor.System, Token)).Test!;

        var id = await SaveAsync(app, changed switch
        {
            "keyword" => draft with { Security = draft.Security! with { Keyword = "Another" } },
            "secret" => draft with { Security = draft.Security! with { Secret = "SEC-another" } },
            "security" => draft with { Security = new(RobotSecurityMode.IpList, null, null) },
            _ => draft with { Webhook = app.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri },
        });
        await app.Chatbots().TakeTestAsync(id, tested, Actor.System, Token);

        (await app.HealthOfAllAsync(ChannelKind.DingTalk)).Keys.ShouldNotContain(id);
    }

    [Theory]
    [InlineData("webhook", false)]
    [InlineData("secret", false)]
    [InlineData("language", false)]
    [InlineData("interval", true)]
    public async Task Save_AfterATest_KeepsItOnlyWhileWhatWasTestedIsSaved(string changes, bool keeps)
    {
        var app = shared.App;
        var id = await SaveAsync(app, Signed(app));
        await app.Chatbots().TestAsync(id, TestChoice.Newest, Actor.System, Token);
        (await app.HealthOfAsync(id)).LastTestAccepted.ShouldBe(true);

        await app.EditChatbotAsync(id, change => changes switch
        {
            "webhook" => Signed(app) with
            {
                Id = id, ExpectedVersion = change.ExpectedVersion, Webhook = app.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri,
            },
            "secret" => Signed(app) with { Id = id, ExpectedVersion = change.ExpectedVersion, Security =
                new(RobotSecurityMode.Signature, "SEC-another", null) },
            "language" => change with { Language = DingTalkLanguage.En },
            _ => change with { IntervalMinutes = 7 },
        });

        (await app.HealthOfAsync(id)).LastTestAccepted.ShouldBe(keeps ? true : null);
    }

    [Fact]
    public async Task TakeTest_Twice_CountsForTheFirst()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var draft = Signed(app);
        var tested = (await app.Chatbots().TestDraftAsync(draft, TestChoice.Newest, Actor.System, Token)).Test!;
        var first = await SaveAsync(app, draft);
        var second = await SaveAsync(app, draft);

        await app.Chatbots().TakeTestAsync(first, tested, Actor.System, Token);
        await app.Chatbots().TakeTestAsync(second, tested, Actor.System, Token);

        (await app.HealthOfAllAsync(ChannelKind.DingTalk)).Keys.ShouldBe([first]);
    }

    [Fact]
    public async Task EveryCall_ChecksThePolicy()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        var viewer = Actor.System with { Role = Roles.Viewer };
        var anOperator = Actor.System with { Role = Roles.Operator };
        var change = new ChatbotChange { Id = id, Name = "Mine" };

        await Should.ThrowAsync<NotPermittedException>(() => app.Chatbots().TestAsync(id, TestChoice.Newest, viewer, Token));
        await Should.ThrowAsync<NotPermittedException>(() => app.Chatbots().TestDraftAsync(change, TestChoice.Newest, anOperator, Token));
        await Should.ThrowAsync<NotPermittedException>(() => app.Chatbots().SaveAsync(change, anOperator, Token));
        await Should.ThrowAsync<NotPermittedException>(() => app.Chatbots().DeleteAsync([id], anOperator, Token));
        await Should.ThrowAsync<NotPermittedException>(() => app.Chatbots().SwitchAsync([id], false, anOperator, Token));
        (await app.Chatbots().TestAsync(id, TestChoice.Newest, anOperator, Token))!.Result!.Accepted.ShouldBeTrue();
        (await app.HealthOfAsync(id)).LastTestAccepted.ShouldBe(true);
    }

    [Theory, DatabaseData]
    public async Task Matcher_AgreesWithTheEvaluator(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        string[][] groups = [[], ["1"], ["1", "2"]];
        var lists = RulePresets.All.Select(p => p.List).Append(ConfigList.Empty).ToList();
        var ids = new Dictionary<int, RuleSubscription>();
        foreach (var (list, at) in lists.Select((list, at) => (list, at)))
        {
            var (group, isOn) = (groups[at % 3], at != 1);
            var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken,
                change => change with { Rules = list, GroupIds = group, IsOn = isOn });
            ids.Add(id, new RuleSubscription(id, list, group, isOn));
        }

        var matcher = app.Services.GetServices<IChannelMatcher>().Single(m => m.Kind == ChannelKind.DingTalk);
        await using var context = await ContextAsync(app);
        var snapshot = await matcher.GetSnapshotAsync(await ChangeFeed.VersionAsync(context, ChangeAreas.Channels, Token), Token);
        foreach (var record in Events())
        {
            var facts = DingTalkMatcherSnapshot.FactsOf(record);
            var expected = ids.Values.Where(s => RuleEvaluator.Hears(s.Rules, s.GroupIds, s.IsOn, facts)).Select(s => s.ChatbotId).Order();

            snapshot.Match(record).Select(m => m.Channel.Id).Order().ShouldBe(expected);
            snapshot.Measure(record).Where(m => m.Hears).Select(m => m.Channel.Id).Order().ShouldBe(expected);
            ids.Keys.Where(id => snapshot.Explain(record, id)!.Hears).Order().ShouldBe(expected);
        }
    }

    private static IEnumerable<EventRecord> Events() =>
        from alertType in Vocabulary.AlertTypes
        from level in new[] { null, "serious", "high", "medium", "low", "asap", "nntf" }
        from category in new[] { null, "Webshell", "Unheard of" }
        from groupId in new[] { null, "1", "3" }
        select new EventRecord(0, "id", "tests", alertType.FullName, default, Severity.Informative, new EventFields
        {
            ItemLevel = level,
            Necessity = level,
            EventType = category,
            Type = category,
            GroupId = groupId,
        });

    private static async Task<long> VersionAsync(NotifyAdminApp app, string area)
    {
        await using var context = await ContextAsync(app);
        return await ChangeFeed.VersionAsync(context, area, Token);
    }

    private static Task<NotifyDbContext> ContextAsync(NotifyAdminApp app) =>
        app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Token);

    private static async Task<int> SaveAsync(NotifyAdminApp app, ChatbotChange change) =>
        (await app.Chatbots().SaveAsync(change, Actor.System, Token)).ShouldBeOfType<Saved<DingTalkChatbot>>().Stored.Id;

    private static ChatbotChange Signed(NotifyAdminApp app) => new()
    {
        Name = "On call",
        Webhook = app.Sandbox.RobotUrl(RobotSeeds.SignedToken).AbsoluteUri,
        Security = new SecurityChange(RobotSecurityMode.Signature, RobotSeeds.SignedSecret, null),
    };

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) => NotifyAdminApp.StartAsync(new()
    {
        Provider = provider,
        WithSandbox = true,
        Configuration = new Dictionary<string, string> { ["Delivery:DingTalkPerMinute"] = "0" },
    });

    public sealed class UnpacedApp : SharedApp
    {
        protected override NotifyAdminSettings Settings => new()
        {
            WithSandbox = true, Configuration = new Dictionary<string, string> { ["Delivery:DingTalkPerMinute"] = "0" },
        };
    }
}
