using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Audit;
using Notify.Admin.Background;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.LiveForms;
using Notify.Admin.RuleBuilder;
using Notify.Admin.RuleSets;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Admin.UnitTests.Shared;

namespace Notify.Admin.UnitTests.Slack;

/// <summary>The form over its real service and a real store; only delivery and Slack are pretended.</summary>
public sealed class SlackIntegrationFormTests : ComponentTest, IAsyncLifetime
{
    private const string Secret = "xoxb-canary-secret-token-wxyz";
    private static readonly Actor Admin = new("1", "admin@example.test", Roles.Admin, "test");
    private static readonly Actor Viewer = Admin with { Role = Roles.Viewer };

    private readonly QuietDesk _desk = new();
    private readonly SomeConnections _connections = new();
    private TestDatabase _database = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private SlackIntegrationService Integrations => Services.GetRequiredService<SlackIntegrationService>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        this.AddAuthorization().SetAuthorized(Admin.Name).SetRoles(Roles.Admin);
        Services.AddSingleton(await _database.MigrateAsync(Stop));
        Services.AddLogging();
        Services.AddSingleton(new SecretProtector(new EphemeralDataProtectionProvider()));
        Services.AddSingleton<WorkRegister>();
        Services.AddSingleton<Fingerprints>();
        Services.AddSingleton<ChangeFeed>();
        Services.AddSingleton<FormDraftService>();
        Services.AddSingleton<ProvisionedMarks>();
        Services.AddSingleton<AuditTrail>();
        Services.AddSingleton<IDeliveryDesk>(_desk);
        Services.AddSingleton(PretendSlack.Answering("""{"ok":false,"error":"invalid_auth"}""").Client());
        Services.AddOptions<PacingOptions>();
        Services.AddSingleton<SlackSender>();
        Services.AddSingleton<ISlackConnections>(_connections);
        Services.AddSingleton<SlackIntegrationStore>();
        Services.AddSingleton<SlackChannel>();
        Services.AddSingleton<SlackIntegrationAudit>();
        Services.AddSingleton<SlackIntegrationService>();
        Services.AddSingleton<SlackTestService>();
        Services.AddSingleton<SlackChannelDirectory>();
        Services.AddSingleton<ChannelDirectory>();
        Services.AddSingleton<IChannel>(services => services.GetRequiredService<SlackChannel>());
        Services.AddSingleton<SimulationStore>();
        Services.AddSingleton<SimulationService>();
        Services.AddSingleton<EarlierEvents>();
        Services.AddOptions<RetentionOptions>();
        Services.AddSingleton<MonthlyUseStore>();
        Services.AddSingleton<MonthlyUseService>();
        Services.AddSingleton<CurrentRules>();
        Services.AddRuleSets();
        Services.AddSingleton<PauseStore>();
        Services.AddSingleton<PauseService>();
        Services.AddSingleton<AcknowledgementStore>();
        Services.AddSingleton<MuteStore>();
        Services.AddSingleton<MuteService>();
        Services.AddRuleBuilder();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public void Render_New_EveryInputHasALabel()
    {
        var form = Render(Admin);

        foreach (var input in form.FindAll("fieldset input, fieldset select"))
        {
            (input.Closest("label") ?? form.FindAll("label").FirstOrDefault(label => label.GetAttribute("for") == input.Id))
                .ShouldNotBeNull(input.OuterHtml);
        }
    }

    [Fact]
    public void Submit_NothingFilled_RefusesOnEachFieldAndStoresNothing()
    {
        var form = Render(Admin);
        form.Act(() => Labelled(form, "Every event"), e => e.Change(true));

        form.Act(() => form.Find("form"), e => e.Submit());

        ErrorOf(form, "Name").ShouldBe("Give it a name.");
        ErrorOf(form, "Slack token").ShouldBe("Enter the bot token of your Slack app.");
        ErrorOf(form, "Channel id").ShouldStartWith("Enter the id of the channel");
        Labelled(form, "Name").GetAttribute("aria-invalid").ShouldBe("true");
    }

    [Fact]
    public void Input_AfterRefusal_ClearsThatFieldOnly()
    {
        var form = Render(Admin);
        form.Act(() => Labelled(form, "Every event"), e => e.Change(true));
        form.Act(() => form.Find("form"), e => e.Submit());

        form.Act(() => Labelled(form, "Name"), e => e.Input("alerts"));

        ErrorOf(form, "Name").ShouldBeNull();
        ErrorOf(form, "Channel id").ShouldNotBeNull();
    }

    [Fact]
    public async Task Submit_Complete_StoresAndLeadsToTheIntegration()
    {
        var form = Render(Admin);
        Fill(form, "alerts", "C0ALERTS01");

        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("slack/integrations/1?added=1"));
        var stored = (await Integrations.FindAsync(1, Admin, Stop))!;
        stored.Values.Name.ShouldBe("alerts");
        stored.Values.SlackCompleteAborted.ShouldBeTrue();
        stored.TokenLastFour.ShouldBe("wxyz");
    }

    [Fact]
    public async Task OwnRules_TypedUndoneAndSaved_AreAFieldOfTheForm()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id, ChannelTab.Rules);

        Press(form, "Add own rule");
        Press(form, "Add condition");
        form.Act(() => form.Find("[aria-label='Condition 2: what']"), e => e.Change("Group"));

        form.Find(".own-rules .field-error").TextContent.Trim().ShouldBe("No value is given");
        form.Act(() => form.Find("form"), e => e.Submit());
        form.WaitForAssertion(() => form.FindAll("[role=tab]").ShouldContain(tab => tab.OuterHtml.Contains("needs correction")));
        (await Integrations.FindAsync(stored.Id, Admin, Stop))!.Version.ShouldBe(stored.Version);

        form.Act(() => form.Find("[aria-label='Condition 2: values, one a line']"), e => e.Change("7\n 8 \n7"));
        form.FindAll(".own-rules .field-error").ShouldBeEmpty();
        form.Find(".own-rules .card-sentence").TextContent.ShouldBe("Events from High on, of group “7” or “8”");
        form.Act(() => form.Find("[aria-label='Duplicate own rule 1']"), e => e.Click());
        form.FindAll(".own-rules .card").Count.ShouldBe(2);
        form.Act(() => form.Find("[aria-label='Undo the last change to own rules']"), e => e.Click());
        form.FindAll(".own-rules .card").Count.ShouldBe(1);
        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        (await Integrations.FindAsync(stored.Id, Admin, Stop))!.Values.OwnRules.ShouldBe(
            """[{"conditions":[{"on":"severity","from":"high"},{"on":"group","oneOf":["7","8"]}]}]""");
    }

    [Fact]
    public async Task RuleSets_ChosenShownAndSaved_AreAFieldOfTheForm()
    {
        const string Rules = """[{"name":"Web","conditions":[{"on":"severity","from":"high"}]}]""";
        var sets = Services.GetRequiredService<RuleSetService>();
        await sets.SaveAsync(null, new RuleSetFormModel { Name = "Production", Rules = Rules }, Admin, Stop);
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id, ChannelTab.Rules);

        form.Act(() => Labelled(form, "Add a rule set"), e => e.Change("1"));

        form.Find(".rule-sets a").GetAttribute("href").ShouldBe("rule-sets/1");
        form.Find(".rule-set-rules").TextContent.Trim().ShouldBe("Web: Events from High on");
        form.Act(() => form.Find("form"), e => e.Submit());
        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        (await Integrations.FindAsync(stored.Id, Admin, Stop))!.Values.RuleSets.ShouldBe([1]);

        form.Act(() => form.Find("[aria-label='Remove rule set Production']"), e => e.Click());
        form.Act(() => form.Find("form"), e => e.Submit());
        form.WaitForAssertion(() => form.FindAll(".rule-sets").ShouldBeEmpty());
        await Eventually.HoldsAsync(
            async () => (await Integrations.FindAsync(stored.Id, Admin, Stop))!.Values.RuleSets.Count == 0, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Layout_ChosenTriedOnAPastEventSavedAndBack_IsAFieldOfTheForm()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        _desk.TestEvents.Add(new TestEvent(7, "Webshell found", Severity.High, Now, Matched: true));
        _desk.Past.Add(new EventRecord(7, "evt-7", "/cloud/eu", "sas-event-suspicious", Now, Severity.High, new EventFields
        {
            Title = "Webshell found", Asset = "web-01", Labels = new Dictionary<string, string> { ["team"] = "blue" },
        }));
        var form = Render(Admin, stored.Id, ChannelTab.Messages);
        form.Act(() => form.Find("option[value='past:7']").Closest("select")!, e => e.Change("past:7"));

        form.Act(() => Labelled(form, "Title"), e => e.Input("{titel}"));
        form.Act(() => form.Find("form"), e => e.Submit());
        form.WaitForAssertion(() => ErrorOf(form, "Title").ShouldNotBeNull()
            .ShouldStartWith("There is no field “titel”. Known are title"));
        (await Integrations.FindAsync(stored.Id, Admin, Stop))!.Version.ShouldBe(stored.Version);

        form.Act(() => Labelled(form, "Title"), e => e.Input("{title} on {asset}"));
        form.Act(() => Labelled(form, "Choose fields"), e => e.Change(true));
        form.Act(() => Labelled(form, "Label name"), e => e.Input("team"));
        Press(form, "Add label");
        form.Act(() => form.Find("[aria-label='Move labels.team up']"), e => e.Click());
        form.Act(() => form.Find("[aria-label='Remove target']"), e => e.Click());
        form.WaitForAssertion(() => form.Markup.ShouldContain("▲ High · Webshell found on web-01"));
        form.FindAll(".layout-fields code").Select(name => name.TextContent)
            .ShouldBe(["severity", "kind", "asset", "time", "labels.team", "source"]);
        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        (await Integrations.FindAsync(stored.Id, Admin, Stop))!.Values.Layout.ShouldBe(
            """{"title":"{title} on {asset}","fields":["severity","kind","asset","time","labels.team","source"]}""");

        Press(form, "Back to the standard");
        form.WaitForAssertion(() => form.Markup.ShouldContain("▲ High · Webshell found: web-01"));
        form.Act(() => form.Find("form"), e => e.Submit());
        form.WaitForAssertion(async () => (await Integrations.FindAsync(stored.Id, Admin, Stop))!.Values.Layout.ShouldBe(""));
    }

    [Fact]
    public async Task Layout_CopiedFromAnotherChannel_IsTaken()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        _desk.Channels.Add(new ChannelName(new(ChannelKind.Slack, stored.Id), "alerts", IsOn: true) { Layout = """{"title":"own"}""" });
        _desk.Channels.Add(new ChannelName(new(ChannelKind.DingTalk, 3), "robot", IsOn: true) { Layout = """{"title":"{asset}!"}""" });
        _desk.Channels.Add(new ChannelName(new(ChannelKind.DingTalk, 4), "plain", IsOn: true));
        var form = Render(Admin, stored.Id, ChannelTab.Messages);

        Press(form, "Copy from another channel");
        form.WaitForAssertion(() => form.FindAll(".copy-layouts strong").Select(name => name.TextContent).ShouldBe(["robot"]));
        form.Act(() => form.Find(".copy-layouts button"), e => e.Click());

        form.WaitForAssertion(() => Labelled(form, "Title").GetAttribute("value").ShouldBe("{asset}!"));
    }

    [Fact]
    public async Task TestEvent_Chosen_SaysFirstWhetherTheRulesWouldSendIt()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        _desk.TestEvents.Add(new TestEvent(7, "Disk is full", Severity.High, Now, Matched: false));
        _desk.Explanation = new ChannelExplanation(new(ChannelKind.Slack, stored.Id), "alerts", Hears: false,
            [new("is on", Passed: true), new("only every event would do", Passed: false)]);
        var form = Render(Admin, stored.Id);

        form.Act(() => form.Find("option[value='7']").Closest("select")!, e => e.Change("7"));

        form.WaitForAssertion(() => form.Markup.ShouldContain(
            "By the saved rules this event would not be sent: only every event would do. The test is sent all the same"));
    }

    [Fact]
    public async Task Preview_OfWhatAnOwnRuleHears_SaysThatItIsSent()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        await ChangeAsync(stored, model => model.OwnRules = """[{"conditions":[{"on":"severity","from":"high"}]}]""");
        _desk.TestEvents.Add(new TestEvent(7, "Webshell found", Severity.High, Now, Matched: true));
        _desk.Past.Add(new EventRecord(7, "evt-7", "/cloud/eu", "sas-event-suspicious", Now, Severity.High, new EventFields()));
        var form = Render(Admin, stored.Id);

        form.Act(() => form.Find("option[value='past:7']").Closest("select")!, e => e.Change("past:7"));

        form.WaitForAssertion(() => form.Find(".preview-verdict").ClassList.ShouldContain("tone-success"));
    }

    [Fact]
    public async Task FollowUp_Chosen_ShowsTheMessageAsItWillChange_AndIsSaved()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id, ChannelTab.Messages);
        form.Act(() => form.Find("option[value='Alert']").Closest("select")!, e => e.Change("Alert"));
        form.Markup.ShouldNotContain("42 minutes later");

        form.Act(() => form.FindAll("label.check")
            .Single(label => label.TextContent.Contains("Update the message", StringComparison.Ordinal))
            .QuerySelector("input")!, e => e.Change(true));

        form.WaitForAssertion(() => form.Markup.ShouldContain("🟢 Resolved after 42 min"));
        form.Markup.ShouldContain("Updates D-EXAMPLE");
        form.Act(() => form.Find("form"), e => e.Submit());
        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        (await Integrations.FindAsync(stored.Id, Admin, Stop))!.Values.FollowUp.ShouldBe(FollowUp.Update);
    }

    [Fact]
    public async Task Submit_ChannelOfAnother_RefusesOnTheChannelAndNamesTheOther()
    {
        await AddAsync("first", "C0ALERTS01");
        var form = Render(Admin);
        Fill(form, "second", "C0ALERTS01");

        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => ErrorOf(form, "Channel id").ShouldNotBeNull().ShouldContain("“first”"));
        (await Integrations.ListAsync(new ChannelListQuery(), Admin, Stop)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Render_Stored_NeverShowsTheToken()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");

        var form = Render(Admin, stored.Id);

        form.Markup.ShouldNotContain(Secret);
        form.Markup.ShouldNotContain(Secret[^8..]);
        form.Find(".secret-tail").TextContent.ShouldBe("…wxyz");
    }

    [Fact]
    public async Task Submit_WithoutToken_KeepsTheStoredOne()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id);

        form.Act(() => Labelled(form, "Name"), e => e.Input("renamed"));
        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        var now = (await Integrations.FindAsync(stored.Id, Admin, Stop))!;
        (now.Values.Name, now.TokenMark, now.Version).ShouldBe(("renamed", stored.TokenMark, stored.Version + 1));
    }

    [Fact]
    public async Task Submit_SavedByAnotherMeanwhile_ShowsBothAndStoresTheChoice()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id);
        form.Act(() => Labelled(form, "Name"), e => e.Input("mine"));
        await ChangeAsync(stored, m => (m.Name, m.SlackDelete) = ("theirs", true));

        form.Act(() => form.Find("form"), e => e.Submit());

        var panel = form.WaitForElement(".conflict");
        panel.TextContent.ShouldContain("theirs");
        panel.TextContent.ShouldContain("mine");
        (await Integrations.FindAsync(stored.Id, Admin, Stop))!.Values.Name.ShouldBe("theirs");

        // Within the renderer: what others saved may draw the form anew between finding the button and pressing it.
        await form.InvokeAsync(() => form.FindAll(".conflict button")[0].Click());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        var now = (await Integrations.FindAsync(stored.Id, Admin, Stop))!.Values;
        (now.Name, now.SlackDelete).ShouldBe(("mine", true));
    }

    [Fact]
    public async Task Conflict_TypedBesideIt_IsDecidedAboutToo_AndWhatWasDecidedStays()
    {
        var (stored, form) = await ConflictAsync();
        form.Act(() => Choice(form, "Deleted scans", mine: true), e => e.Change("on"));

        form.Act(() => Labelled(form, "Channel id"), e => e.Input("C0OTHER001"));
        Press(form, "Replace");
        form.Act(() => Labelled(form, "Slack token"), e => e.Input("xoxb-another-token-5555"));

        form.FindAll(".conflict tbody tr").Count.ShouldBe(4);
        foreach (var typed in new[] { "Name", "Channel id", "Deleted scans", "Slack token" })
        {
            Choice(form, typed, mine: true).HasAttribute("checked").ShouldBeTrue(typed);
        }

        await form.InvokeAsync(() => form.FindAll(".conflict button")[0].Click());
        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        var now = (await Integrations.FindAsync(stored.Id, Admin, Stop))!;
        (now.Values.Name, now.Values.ChannelId, now.Values.SlackDelete, now.TokenLastFour).ShouldBe(("mine", "C0OTHER001", false, "5555"));
    }

    [Fact]
    public async Task Conflict_EverythingUndoneBesideIt_IsOverAndShowsTheirs()
    {
        var (_, form) = await ConflictAsync();

        form.Act(() => Labelled(form, "Name"), e => e.Input("alerts"));

        form.FindAll(".conflict").ShouldBeEmpty();
        Labelled(form, "Name").GetAttribute("value").ShouldBe("theirs");
        form.FindAll(".save-bar-shown").ShouldBeEmpty();
    }

    [Fact]
    public async Task Conflict_TheyPutItBack_IsOver()
    {
        var (stored, form) = await ConflictAsync();

        var now = (await Integrations.FindAsync(stored.Id, Admin, Stop))!;
        await ChangeAsync(now, m => (m.Name, m.SlackDelete) = ("mine", false));

        form.WaitForAssertion(() => form.FindAll(".conflict").ShouldBeEmpty(), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Submit_StoreFails_SaysSoAndKeepsWhatIsTyped()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id);
        form.Act(() => Labelled(form, "Name"), e => e.Input("typed"));
        await using (var context = await Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop))
        {
            await context.Database.ExecuteSqlRawAsync("ALTER TABLE \"SlackIntegrations\" RENAME TO \"Elsewhere\"", Stop);
        }

        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Nothing was saved"));
        Labelled(form, "Name").GetAttribute("value").ShouldBe("typed");
    }

    [Fact]
    public async Task ChangeFeed_CleanForm_ShowsWhatIsStoredNow()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id);

        await ChangeAsync(stored, m => m.Name = "theirs");

        form.WaitForAssertion(() => Labelled(form, "Name").GetAttribute("value").ShouldBe("theirs"), TimeSpan.FromSeconds(10));
        form.Markup.ShouldContain("other@example.test has changed this integration");
    }

    [Fact]
    public async Task Render_EveryEventIsSent_OverridesTheSwitchesWithoutLosingThem()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id, ChannelTab.Rules);

        form.Act(() => Labelled(form, "Every event"), e => e.Change(true));

        Labelled(form, "Stopped scans").HasAttribute("disabled").ShouldBeTrue();
        Labelled(form, "Stopped scans").HasAttribute("checked").ShouldBeTrue();
        Labelled(form, "Minimum severity").HasAttribute("disabled").ShouldBeTrue();
        form.Act(() => Labelled(form, "Every event"), e => e.Change(false));
        Labelled(form, "Stopped scans").HasAttribute("checked").ShouldBeFalse();
        Labelled(form, "Finished scans").HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public async Task Render_Viewer_ReadsFactsAndCanChangeAndTestNothing()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");

        var form = Render<SlackIntegrationForm>(parameters => parameters
            .Add(form => form.Actor, Viewer).Add(form => form.Id, stored.Id).Add(form => form.Tab, "destination"));

        form.FindAll(".facts dd").Where(IsShown).Select(fact => fact.TextContent.Trim())
            .ShouldBe(["alerts", "A token of its own", "…wxyz", "C0ALERTS01", "–"]);
        form.FindAll("form input, form select, form textarea").ShouldBeEmpty();
        form.FindAll("[role=tab]").ShouldNotContain(tab => tab.TextContent.Contains("Changes"));
        form.FindAll("button").ShouldNotContain(button => button.TextContent.Contains("Send test"));
        form.FindAll("button").ShouldNotContain(button => button.TextContent.Contains("Delete"));
        form.FindAll(".save-bar").ShouldBeEmpty();
    }

    [Fact]
    public void Render_New_HasAllPartsAndNoTabs()
    {
        var form = Render(Admin);

        form.FindAll("[role=tab]").ShouldBeEmpty();
        form.FindAll("[hidden]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Tabs_ShowPartsOfOneForm_AndNameThemselvesInTheAddress()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id);
        form.Act(() => Labelled(form, "Name"), e => e.Input("renamed"));
        IsShown(Labelled(form, "Name")).ShouldBeTrue();
        form.FindAll("label").ShouldNotContain(
            label => label.TextContent.Contains("Every event", StringComparison.Ordinal), "its tab was never open");

        form.Act(() => TabOf(form, "What to send"), e => e.Click());

        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("?tab=rules");
        IsShown(Labelled(form, "Every event")).ShouldBeTrue();
        IsShown(Labelled(form, "Name")).ShouldBeFalse();
        TabOf(form, "Destination").QuerySelector("svg[role=img]")!.GetAttribute("aria-label").ShouldBe("unsaved changes");
        TabOf(form, "What to send").QuerySelector(".tab-mark").ShouldBeNull();

        // From a tab that does not show it, too: there is one form.
        form.Act(() => form.Find("form"), e => e.Submit());
        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        form.FindAll(".tab-mark").ShouldBeEmpty();
        IsShown(Labelled(form, "Every event")).ShouldBeTrue();
        (await Integrations.FindAsync(stored.Id, Admin, Stop))!.Values.Name.ShouldBe("renamed");

        form.Act(() => TabOf(form, "Destination"), e => e.Click());
        IsShown(Labelled(form, "Every event")).ShouldBeFalse();
    }

    [Fact]
    public async Task Submit_WithAnErrorElsewhere_OpensTheTabThatHasIt()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id);
        form.Act(() => Labelled(form, "Name"), e => e.Input(""));
        form.Act(() => TabOf(form, "Delivery"), e => e.Click());

        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => IsShown(Labelled(form, "Name")).ShouldBeTrue());
        ErrorOf(form, "Name").ShouldBe("Give it a name.");
        TabOf(form, "Destination").QuerySelector("svg[role=img]")!.GetAttribute("aria-label").ShouldBe("needs correction");
        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("?tab=destination");
    }

    [Theory]
    [InlineData("delivery", "Delivery")]
    [InlineData("nonsense", "Destination")]
    public async Task Tab_InTheAddress_IsOpen(string tab, string label)
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");

        var form = Render<SlackIntegrationForm>(parameters => parameters
            .Add(form => form.Actor, Admin).Add(form => form.Id, stored.Id).Add(form => form.Tab, tab));

        form.Find("[role=tab][aria-selected=true]").TextContent.Trim().ShouldBe(label);
    }

    [Fact]
    public async Task Services_RoleNotSufficient_Refuse()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var operators = Admin with { Role = Roles.Operator };
        var tests = Services.GetRequiredService<SlackTestService>();

        await Should.ThrowAsync<NotPermittedException>(() => Integrations.SaveAsync(stored, stored.Values, operators, Stop));
        await Should.ThrowAsync<NotPermittedException>(() => Integrations.SwitchAsync(stored.Id, false, operators, Stop));
        await Should.ThrowAsync<NotPermittedException>(() => Integrations.DeleteAsync(stored.Id, operators, Stop));
        await Should.ThrowAsync<NotPermittedException>(() =>
            tests.SendDraftAsync(stored, stored.Values, TestChoice.Newest, operators, Stop));
        await Should.ThrowAsync<NotPermittedException>(() => tests.JoinAsync(stored, stored.Values, operators, Stop));
        await Should.ThrowAsync<NotPermittedException>(() => tests.SendAsync(stored.Id, TestChoice.Newest, Viewer, Stop));
        (await tests.SendAsync(stored.Id, TestChoice.Newest, operators, Stop)).ShouldNotBeNull();
    }

    [Fact]
    public async Task SendTest_ChannelTyped_TestsTheDraftWithTheStoredTokenAndSavesNothing()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id);
        form.Act(() => Labelled(form, "Channel id"), e => e.Input("C0OTHER001"));

        form.Act(() => form.FindAll("button").Single(button => button.TextContent.Contains("Send test")), e => e.Click());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Slack accepted the test message"));
        var tested = _desk.Tested.ShouldHaveSingleItem().ShouldBeOfType<SlackDestination>();
        (tested.Key.Id, tested.ChannelId, tested.Token.LastFour).ShouldBe((0, "C0OTHER001", "wxyz"));
        (await Integrations.FindAsync(stored.Id, Admin, Stop))!.Version.ShouldBe(stored.Version);
    }

    [Fact]
    public async Task Submit_OtherDestinationThanTested_ShowsTheVerdictNoMore()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id);
        form.Act(() => Labelled(form, "Channel id"), e => e.Input("C0OTHER001"));
        form.Act(() => form.FindAll("button").Single(button => button.TextContent.Contains("Send test")), e => e.Click());
        form.WaitForAssertion(() => form.Markup.ShouldContain("Slack accepted the test message"));
        form.Act(() => Labelled(form, "Channel id"), e => e.Input("C0THIRD001"));

        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        form.Markup.ShouldNotContain("Slack accepted the test message");
    }

    [Fact]
    public async Task Submit_JustWhatWasTested_KeepsTheVerdict()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id);
        form.Act(() => Labelled(form, "Channel id"), e => e.Input("C0OTHER001"));
        form.Act(() => form.FindAll("button").Single(button => button.TextContent.Contains("Send test")), e => e.Click());
        form.WaitForAssertion(() => form.Markup.ShouldContain("Slack accepted the test message"));

        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        form.Markup.ShouldContain("Slack accepted the test message");
    }

    [Theory]
    [InlineData(true, "The test that you sent before saving counts")]
    [InlineData(null, "Send a test to see that its messages arrive.")]
    public async Task Added_SaysWhetherItIsTestedAlready(bool? accepted, string text)
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        _desk.Health = new ChannelHealth(ChannelStatus.Ok, null, null, null, null, null, null, 0, null, accepted is null
            ? null : Now, accepted,
            accepted is null ? null : "ok");

        var form = Render<SlackIntegrationForm>(parameters => parameters
            .Add(form => form.Actor, Admin).Add(form => form.Id, stored.Id).Add(form => form.IsJustAdded, true));

        form.Markup.ShouldContain(text);
    }

    [Fact]
    public async Task SendTest_AtItsLimit_SaysWhenThereIsRoom()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        _desk.Answer = _ => new TestOutcome(null, TimeSpan.FromSeconds(3.2), Now, "T-1", "");
        var form = Render(Admin, stored.Id);

        form.Act(() => form.FindAll("button").Single(button => button.TextContent.Contains("Send test")), e => e.Click());

        form.WaitForAssertion(() => form.Markup.ShouldContain("free in 4 s"));
    }

    [Fact]
    public async Task Delete_Asked_SaysWhatStopsAndHowManyEnd()
    {
        _desk.Open = 12;
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id);

        form.Act(() => form.Find(".delete-row button"), e => e.Click());

        var dialog = form.Find("dialog[role=alertdialog]");
        dialog.TextContent.ShouldContain("Nothing more is posted to C0ALERTS01.");
        dialog.TextContent.ShouldContain("12");
        dialog.QuerySelectorAll("button").Single(button => button.TextContent.Trim() == "Delete integration").Click();
        form.WaitForAssertion(() => Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/slack/integrations"));
        (await Integrations.FindAsync(stored.Id, Admin, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task NeedsAttention_TryAgain_AsksDelivery()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        _desk.Health = new ChannelHealth(ChannelStatus.NeedsAttention, "invalid_auth", null, Now, null, Now, null, 3, Now, null, null,
            null);
        var form = Render(Admin, stored.Id);
        form.Markup.ShouldContain("Deliveries held until then: 3.");

        form.Act(() => form.FindAll("button").Single(button => button.TextContent.Trim() == "Try again"), e => e.Click());

        _desk.TriedAgain.ShouldBe(1);
        form.WaitForAssertion(() => form.Markup.ShouldContain("Refused again"));
        form.Markup.ShouldContain("The token is wrong. Enter another.");
    }

    [Fact]
    public async Task Simulation_OfATypedInterval_CountsWithIt()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id);

        form.Act(() => TabOf(form, "Delivery"), e => e.Click());
        form.Act(() => Labelled(form, "Interval"), e => e.Input("5"));

        form.FindComponent<SimulationPanel>().Instance.Change().Interval.ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Snooze_AsksWhy_SaysItOnThePage_AndEndsByAButton()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id);

        Press(form, "Snooze…");
        Press(form, "Snooze");
        form.WaitForAssertion(() => form.Markup.ShouldContain("Say why, for whoever wonders later."));
        form.Act(() => form.Find("dialog input[type=text]"), input => input.Input("planned work"));
        Press(form, "Snooze");

        // Note and button read the pause each by itself.
        form.WaitForAssertion(() => form.Markup.ShouldContain("Reason: planned work"));
        form.WaitForAssertion(() => ButtonOf(form, "Snooze…").ShouldBeNull());
        Press(form, "End now");
        form.WaitForAssertion(() => ButtonOf(form, "Snooze…").ShouldNotBeNull());
        form.WaitForAssertion(() => form.Markup.ShouldNotContain("planned work"));
    }

    // A button that still works does nothing.
    private static void Press(IRenderedComponent<SlackIntegrationForm> form, string words)
    {
        form.WaitForAssertion(() => ButtonOf(form, words).ShouldNotBeNull().HasAttribute("aria-busy").ShouldBeFalse());
        form.Act(() => ButtonOf(form, words)!, button => button.Click());
    }

    private static IElement? ButtonOf(IRenderedComponent<SlackIntegrationForm> form, string words) =>
        form.FindAll("button").FirstOrDefault(button => button.TextContent.Trim() == words);

    private static IElement TabOf(IRenderedComponent<SlackIntegrationForm> form, string label) =>
        form.FindAll("[role=tab]").Single(tab => tab.TextContent.Trim() == label);

    private static bool IsShown(IElement element) => element.Closest("[hidden]") is null;

    private static IElement Labelled(IRenderedComponent<SlackIntegrationForm> form, string label) =>
        form.Find($"#{form.FindAll("fieldset label").First(l => l.TextContent == label).GetAttribute("for")}");

    private static string? ErrorOf(IRenderedComponent<SlackIntegrationForm> form, string label) =>
        form.FindAll(".field").First(field => field.QuerySelector("label, .field-label > span")!.TextContent == label)
            .QuerySelector(".field-error")?.TextContent.Trim();

    private static void Fill(IRenderedComponent<SlackIntegrationForm> form, string name, string channelId)
    {
        form.Act(() => Labelled(form, "Name"), e => e.Input(name));
        form.Act(() => Labelled(form, "Slack token"), e => e.Input(Secret));
        form.Act(() => Labelled(form, "Channel id"), e => e.Input(channelId));
    }

    private IRenderedComponent<SlackIntegrationForm> Render(Actor actor, int? id = null, string? tab = null) =>
        Render<SlackIntegrationForm>(parameters => parameters
            .Add(form => form.Actor, actor).Add(form => form.Id, id).Add(form => form.Tab, tab));

    private async Task<SlackIntegrationView> AddAsync(string name, string channelId)
    {
        var model = new SlackIntegrationFormModel { Name = name, ChannelId = channelId, Token = Secret, SlackCompleteAborted = true };
        return (await Integrations.SaveAsync(null, model, Admin, Stop)).ShouldBeOfType<Saved<SlackIntegrationView>>().Stored;
    }

    // Somebody else has saved another name and a switch; the form has tried to save a name.
    private async Task<(SlackIntegrationView Stored, IRenderedComponent<SlackIntegrationForm> Form)> ConflictAsync()
    {
        var stored = await AddAsync("alerts", "C0ALERTS01");
        var form = Render(Admin, stored.Id);
        form.Act(() => Labelled(form, "Name"), e => e.Input("mine"));
        await ChangeAsync(stored, m => (m.Name, m.SlackDelete) = ("theirs", true));
        form.Act(() => form.Find("form"), e => e.Submit());
        form.WaitForElement(".conflict");
        return (stored, form);
    }

    private static IElement Choice(IRenderedComponent<SlackIntegrationForm> form, string field, bool mine) =>
        form.FindAll(".conflict tbody tr").Single(row => row.QuerySelector("th")!.TextContent.Contains(field))
            .QuerySelectorAll("input")[mine ? 1 : 0];

    private async Task ChangeAsync(SlackIntegrationView stored, Action<SlackIntegrationFormModel> change)
    {
        var model = stored.Values.Copy();
        change(model);
        (await Integrations.SaveAsync(stored, model, Admin with { Name = "other@example.test" }, Stop))
            .ShouldBeOfType<Saved<SlackIntegrationView>>();
    }
}
