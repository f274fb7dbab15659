using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

public class TwoFactorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task LogIn_SecondFactorOn_AsksForACodeThatWorksOnce(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(time, provider);
        using var client = app.CreateClient();
        (await LogInAsync(client)).Dispose();
        var (key, recoveryCodes) = await TurnOnAsync(client, time);
        time.Shift(TimeSpan.FromMinutes(1));
        var code = TimeCode.At(key, TimeCode.StepAt(time.GetUtcNow()));

        using var second = app.CreateClient();
        using var asked = await LogInAsync(second);
        using var early = await second.GetAsync("/profile", Stop);
        using var wrong = await TestSecondFactor.SubmitCodeAsync(second, "000000");
        using var right = await TestSecondFactor.SubmitCodeAsync(second, code);
        using var profile = await second.GetAsync("/profile", Stop);
        using var third = app.CreateClient();
        (await LogInAsync(third)).Dispose();
        using var replayed = await TestSecondFactor.SubmitCodeAsync(third, code);
        using var recovered = await TestSecondFactor.SubmitCodeAsync(third, recoveryCodes[3].ToLowerInvariant());
        using var fourth = app.CreateClient();
        (await LogInAsync(fourth)).Dispose();
        using var usedUp = await TestSecondFactor.SubmitCodeAsync(fourth, recoveryCodes[3]);

        asked.Headers.Location!.OriginalString.ShouldBe("/Account/Code?ReturnUrl=%2F");
        early.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await wrong.Content.ReadAsStringAsync(Stop)).ShouldContain("This code does not fit");
        right.Headers.Location!.OriginalString.ShouldBe("/");
        profile.StatusCode.ShouldBe(HttpStatusCode.OK);
        replayed.StatusCode.ShouldBe(HttpStatusCode.OK);
        recovered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        usedUp.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.AuditActionsAsync()).ShouldContain("person.two-factor-on");
        (await app.AuditEntriesAsync()).Count(entry => entry is { Action: "person.log-in", Result: AuditResult.Refused }).ShouldBe(3);
        await using var context = await app.Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<NotifyDbContext>>()
            .CreateDbContextAsync(Stop);
        context.Users.Single().AuthenticatorKey!.Ciphertext.ShouldNotContain(key);
        app.Logs.Lines.ShouldAllBe(line => !line.Contains(key, StringComparison.Ordinal)
            && !line.Contains(recoveryCodes[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task LogIn_WrongCodes_LockTheAccountAlsoForTheRightOne()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(time);
        using var client = app.CreateClient();
        (await LogInAsync(client)).Dispose();
        var (key, _) = await TurnOnAsync(client, time);
        time.Shift(TimeSpan.FromMinutes(1));
        using var guesser = app.CreateClient();
        (await LogInAsync(guesser)).Dispose();

        for (var guess = 0; guess < LoginAttempts.Allowed; guess++)
        {
            (await TestSecondFactor.SubmitCodeAsync(guesser, $"00000{guess}")).Dispose();
        }

        using var locked = await TestSecondFactor.SubmitCodeAsync(guesser, TimeCode.At(key, TimeCode.StepAt(time.GetUtcNow())));
        (await locked.Content.ReadAsStringAsync(Stop)).ShouldContain("Too many failed attempts for this email");
    }

    [Fact]
    public async Task Code_WithoutTheFirstStep_LeadsToTheLogIn()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        using var answer = await app.CreateClient().GetAsync("/Account/Code?ReturnUrl=/people", Stop);

        answer.Headers.Location!.OriginalString.ShouldBe("/Account/Login?ReturnUrl=%2Fpeople");
    }

    [Fact]
    public async Task TurnOff_NeedsACode()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(time);
        using var client = app.CreateClient();
        (await LogInAsync(client)).Dispose();
        var (_, recoveryCodes) = await TurnOnAsync(client, time);

        using var wrong = await OwnFormAsync(client, "turn-off", "000000");
        var isOnStill = (await app.PeopleAsync()).Single().HasTwoFactor;
        using var right = await OwnFormAsync(client, "turn-off", recoveryCodes[0]);
        using var login = await LogInAsync(app.CreateClient());

        isOnStill.ShouldBeTrue();
        right.Headers.Location!.OriginalString.ShouldBe("/profile?twoFactor=off");
        login.Headers.Location!.OriginalString.ShouldBe("/");
        (await app.AuditActionsAsync()).ShouldContain("person.two-factor-off");
    }

    [Fact]
    public async Task ReplaceRecoveryCodes_EndsTheEarlierOnes()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(time);
        using var client = app.CreateClient();
        (await LogInAsync(client)).Dispose();
        var (_, before) = await TurnOnAsync(client, time);

        using var replaced = await OwnFormAsync(client, "replace", before[0]);
        var after = TestSecondFactor.CodesIn(await replaced.Content.ReadAsStringAsync(Stop));
        using var second = app.CreateClient();
        (await LogInAsync(second)).Dispose();
        using var old = await TestSecondFactor.SubmitCodeAsync(second, before[1]);
        using var @new = await TestSecondFactor.SubmitCodeAsync(second, after[1]);

        after.Intersect(before).ShouldBeEmpty();
        old.StatusCode.ShouldBe(HttpStatusCode.OK);
        @new.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task ResetTwoFactor_ByAnotherAdmin_PasswordAloneIsEnoughAndSessionsEnd()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(time);
        using var client = app.CreateClient();
        (await LogInAsync(client)).Dispose();
        await TurnOnAsync(client, time);
        var people = app.Services.GetRequiredService<PeopleService>();
        var own = await app.AdminActorAsync();
        var otherId = await app.CreatePersonAsync("other@example.test", Roles.Admin);
        var other = new Actor(otherId, "other@example.test", Roles.Admin, "192.0.2.1 browser");

        (await people.ResetTwoFactorAsync(own.UserId!, own, Stop)).Refusal.ShouldBe(PersonRefusal.Yourself);
        (await people.ResetTwoFactorAsync(own.UserId!, other, Stop)).IsDone.ShouldBeTrue();
        using var profile = await client.GetAsync("/profile", Stop);
        using var login = await LogInAsync(app.CreateClient());

        profile.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        login.Headers.Location!.OriginalString.ShouldBe("/");
        (await app.AuditActionsAsync()).ShouldContain("person.two-factor-reset");
    }

    [Fact]
    public async Task RequiredForAdmins_AdminWithoutOne_GetsNothingElse()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Configuration = new Dictionary<string, string> { ["Accounts:RequireTwoFactorForAdmins"] = "true" },
        });
        using var admin = await app.SignInAsAsync(Roles.Admin);
        using var viewer = await app.SignInAsAsync(Roles.Viewer);

        using var people = await admin.GetAsync("/people", Stop);
        using var circuit = await admin.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Stop);
        using var page = await admin.GetAsync("/Account/TwoFactor", Stop);
        using var viewed = await viewer.GetAsync("/deliveries", Stop);
        using var key = await app.CreateApiClient().GetAsync("/api/deliveries", Stop);

        people.Headers.Location!.OriginalString.ShouldBe("/Account/TwoFactor");
        circuit.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        viewed.StatusCode.ShouldBe(HttpStatusCode.OK);
        key.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<NotifyAdminApp> StartAsync(TimeProvider time, DatabaseProvider provider = DatabaseProvider.Sqlite) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, Services = services => services.AddSingleton(time) });

    private static Task<HttpResponseMessage> LogInAsync(HttpClient client) =>
        NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword);

    // The page itself has several forms; any page's token will do.
    private static Task<HttpResponseMessage> OwnFormAsync(HttpClient client, string form, string code) =>
        NotifyAdminApp.SubmitFormToAsync(client, "/Account/Password", "/Account/TwoFactor", ("_handler", form), ("Code", code));

    private static async Task<(string Key, IReadOnlyList<string> RecoveryCodes)> TurnOnAsync(HttpClient client, TimeProvider time)
    {
        var made = await TestSecondFactor.TurnOnAsync(client, time.GetUtcNow(), Stop);
        made.RecoveryCodes.Count.ShouldBe(10);
        return made;
    }
}
