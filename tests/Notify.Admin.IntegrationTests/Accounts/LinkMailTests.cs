using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Mail;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

public sealed class LinkMailTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Invitation_ByMail_ArrivesWithALinkThatWorks(DatabaseProvider provider)
    {
        await using var server = TestMailServer.Start();
        await using var app = await StartAsync(server, provider);
        var link = await InviteAsync(app);

        (await SendAsync(app, link)).ShouldBe(new MailResult());

        var mail = await server.NextAsync(Stop);
        mail.To.ShouldBe("bob@example.test");
        mail.Subject.ShouldBe($"Invitation to Notify.Admin on {app.BaseAddress.Authority}");
        mail.Text.ShouldContain($"{NotifyAdminSettings.AdminEmail} has invited you to Notify.Admin on {app.BaseAddress.Authority}.");
        mail.Text.ShouldContain("within 3 days");
        mail.Html.ShouldContain($"href=\"{WebUtility.HtmlEncode(mail.Link)}\"");
        using var accepted = await NotifyAdminApp.SubmitFormAsync(
            app.CreateClient(), mail.Link, ("Password", "a long new password"), ("Repeat", "a long new password"));
        accepted.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var entry = (await app.AuditEntriesAsync()).Single(entry => entry.Action == "person.mail-link");
        (entry.Result, entry.SubjectName, entry.ActorName).ShouldBe((AuditResult.Done, "bob@example.test", NotifyAdminSettings.AdminEmail));
        AuditTrail.ChangesOf(entry).ShouldBe([new FieldChange("to", null, "bob@example.test")]);
        ShouldBeNowhere(app, await app.AuditEntriesAsync(), TestMailServer.Password, link.Split("code=")[1]);
    }

    [Theory]
    [InlineData("en", null, "New password")]
    [InlineData("en", "zh-CN", "重新设置")]
    [InlineData("zh-CN", null, "重新设置")]
    [InlineData("zh-CN", "en", "New password")]
    public async Task NewLink_ByMail_SpeaksThePersonsLanguageOrTheSenders(string senders, string? persons, string expected)
    {
        await using var server = TestMailServer.Start();
        await using var app = await StartAsync(server);
        var admin = await app.AdminActorAsync();
        var id = await app.CreatePersonAsync("bob@example.test", Roles.Viewer);
        await app.Services.GetRequiredService<DisplayService>().SaveAsync(
            new PersonDisplay(persons, null, null), new Actor(id, "bob@example.test", Roles.Viewer, "test"), Stop);
        var link = (await app.Services.GetRequiredService<PeopleService>().CreateLinkAsync(id, admin, Stop)).Link!;
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(senders);
        try
        {
            (await SendAsync(app, link)).ShouldBe(new MailResult());
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        (await server.NextAsync(Stop)).Subject.ShouldStartWith(expected);
    }

    [Fact]
    public async Task Invitation_NotTaken_StaysValidAndTheTrailSaysWhy()
    {
        await using var server = TestMailServer.Start();
        await using var app = await StartAsync(server);
        server.RefusedRecipient = "bob@example.test";
        var link = await InviteAsync(app);

        var refused = await SendAsync(app, link);
        (server.RefusedRecipient, server.ExpectedPassword) = (null, "another");
        var wrongPassword = await SendAsync(app, link);

        (refused!.Failure, wrongPassword!.Failure).ShouldBe((MailFailure.RecipientRefused, MailFailure.LoginRefused));
        var entries = (await app.AuditEntriesAsync()).Where(entry => entry.Action == "person.mail-link").ToList();
        entries.ShouldAllBe(entry => entry.Result == AuditResult.Failed);
        entries.SelectMany(AuditTrail.ChangesOf).Where(change => change.Field == "reason").Select(change => change.After)
            .ShouldBe(["RecipientRefused 550", "LoginRefused 535"]);
        ShouldBeNowhere(app, entries, TestMailServer.Password, link.Split("code=")[1]);
        using var accepted = await NotifyAdminApp.SubmitFormAsync(app.CreateClient(), link, ("Password", "a long new password"),
            ("Repeat", "a long new password"));
        accepted.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Invitation_ServerThatWantsALogInWeDoNotHave_IsNotSentAndTheTrailSaysWhy()
    {
        await using var server = TestMailServer.Start();
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Configuration = server.Configuration.Where(pair => pair.Key is not ("Smtp:UserName" or "Smtp:Password")).ToDictionary(),
        });

        (await SendAsync(app, await InviteAsync(app)))!.Failure.ShouldBe(MailFailure.LoginRefused);

        AuditTrail.ChangesOf((await app.AuditEntriesAsync()).Single(entry => entry.Action == "person.mail-link"))
            .ShouldContain(new FieldChange("reason", null, "LoginRefused 530"));
    }

    [Fact]
    public async Task Send_PersonRemovedMeanwhile_SendsNothing()
    {
        await using var server = TestMailServer.Start();
        await using var app = await StartAsync(server);

        (await SendAsync(app, "Account/Accept?user=x&code=y")).ShouldBeNull();
    }

    [Fact]
    public async Task Send_ByOperator_IsRefused()
    {
        await using var server = TestMailServer.Start();
        await using var app = await StartAsync(server);

        await Should.ThrowAsync<NotPermittedException>(() =>
            SendAsync(app, "Account/Accept", (admin) => admin with { Role = Roles.Operator }));
    }

    [Fact]
    public async Task NotConfigured_IsNotOffered()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await using var scope = app.Services.CreateAsyncScope();

        scope.ServiceProvider.GetRequiredService<LinkMailService>().IsOn.ShouldBeFalse();
    }

    private static Task<NotifyAdminApp> StartAsync(TestMailServer server, DatabaseProvider provider = DatabaseProvider.Sqlite) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, Configuration = server.Configuration });

    private static async Task<string> InviteAsync(NotifyAdminApp app) =>
        (await app.Services.GetRequiredService<PeopleService>()
            .InviteAsync("bob@example.test", Roles.Viewer, await app.AdminActorAsync(), Stop)).Link!;

    private static async Task<MailResult?> SendAsync(NotifyAdminApp app, string link, Func<Actor, Actor>? by = null)
    {
        var admin = await app.AdminActorAsync();
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LinkMailService>()
            .SendAsync("bob@example.test", new Uri(app.BaseAddress, link), by?.Invoke(admin) ?? admin, Stop);
    }

    private static void ShouldBeNowhere(NotifyAdminApp app, IEnumerable<AuditEntry> entries, params string[] secrets)
    {
        foreach (var secret in secrets)
        {
            app.Logs.Lines.ShouldAllBe(line => !line.Contains(secret, StringComparison.Ordinal));
            entries.ShouldAllBe(entry => entry.Changes == null || !entry.Changes.Contains(secret, StringComparison.Ordinal));
        }
    }
}
