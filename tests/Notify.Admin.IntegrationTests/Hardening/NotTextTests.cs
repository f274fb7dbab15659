using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Hardening;

/// <summary>What cannot be text is refused the same way at every door, and fills no log.</summary>
public sealed class NotTextTests
{
    private static readonly string[] NotText = ["a\0b", "a\uFFFEb", "\uFFFF", "\uFDD0", "\U0001FFFE"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Doors_ForEverybody_AnswerFourHundred(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        using var client = app.CreateClient();

        foreach (var bad in NotText)
        {
            var escaped = Uri.EscapeDataString(bad);
            (await NotifyAdminApp.SubmitLoginAsync(client, bad, "password")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await NotifyAdminApp.SubmitLoginAsync(client, "a@example.test", bad)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            foreach (var path in new[] { "Account/Accept?token=", "Account/Accept?id=", "Account/Login?ReturnUrl=", "setup?code=",
                "culture?lang=", "events?q=" })
            {
                (await client.GetAsync(path + escaped, Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
            }

            using var form = new FormUrlEncodedContent([new("Code", bad)]);
            (await client.PostAsync("setup", form, Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        app.Logs.Lines
            .Where(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Theory, DatabaseData]
    public async Task Doors_ForPrograms_AnswerFourHundred(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        using var client = app.CreateApiClient();

        foreach (var bad in NotText)
        {
            (await client.GetAsync($"api/deliveries?source={Uri.EscapeDataString(bad)}", Stop)).StatusCode
                .ShouldBe(HttpStatusCode.BadRequest);
            (await client.PostAsJsonAsync("api/slack-workspaces", new { name = bad, bot_token = "xoxb-1" }, Stop)).StatusCode
                .ShouldBe(HttpStatusCode.BadRequest);
            (await client.PostAsJsonAsync("api/function-access", new { workspace_id = 1, name = bad, function_id = "Fn01" }, Stop))
                .StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await client.PostAsJsonAsync("api/UpdateSlack",
                new { apiKey = NotifyAdminSettings.ApiKey, channelId = bad, slackToken = "xoxb-1" }, Stop)).StatusCode
                .ShouldBe(HttpStatusCode.BadRequest);
            (await app.PostEventAsync("scan.stopped", new { }, bad)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            // Data is the sender's own; what is made of it for lists is text.
            (await app.PostEventAsync("com.example.other", new { title = bad }, Guid.NewGuid().ToString())).StatusCode
                .ShouldBe(HttpStatusCode.Accepted);
        }
    }

    [Fact]
    public async Task Names_ThatHideOrTurnSomethingAbout_AreRefusedAtEveryDoor()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { WithSandbox = true });
        using var client = app.CreateApiClient();
        var admin = new Actor("nobody", "admin@example.test", Roles.Admin, "test");
        foreach (var bad in (string[])["gro.\u202Elive", "a\u2066b", "a\u200Fb", "a\u061Cb", "a\u2028b", "a\u0085b", "a\uFFFEb", "a\tb"])
        {
            new SlackIntegrationFormModel { Name = bad, ChannelId = "C1" }.Check(tokenIsStored: true)
                .ShouldContain(refusal => refusal.Field == nameof(SlackIntegrationFormModel.Name), bad);
            (await client.PostAsJsonAsync("api/slack-workspaces", new { name = bad, bot_token = TestChannels.SandboxToken }, Stop)).StatusCode
                .ShouldBe(HttpStatusCode.BadRequest);
            (await client.PostAsJsonAsync("api/function-access", new { workspace_id = 1, name = bad, function_id = "Fn01" }, Stop))
                .StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await app.Services.GetRequiredService<KeyService>().CreateApiKeyAsync(bad, ApiKeyScope.Full, null, admin, Stop)).Refusal
                .ShouldBe(KeyRefusal.NameNotPlain);
            (await app.Services.GetRequiredService<AssetGroupService>().AddAsync("1", bad, admin, Stop)).ShouldBe(GroupOutcome.BadName);
            FunctionName.Read(null, bad, "A0123456789", out _).ShouldNotBeNull();
            AccountRules.IsEmail($"{bad}@example.test").ShouldBeFalse();
            using var call = SignedCalls.Acs3(app.BaseAddress, "CreateOrUpdateDingTalk", NotifyAdminSettings.AccessKeyId,
                NotifyAdminSettings.AccessKeySecret, DateTimeOffset.UtcNow,
                $"RuleActionName={Uri.EscapeDataString(bad)}&SendUrl={Uri.EscapeDataString("https://oapi.dingtalk.com/robot/send?access_token=x")}");
            using var answer = await app.CreateClient().SendAsync(call, Stop);
            ((int)answer.StatusCode).ShouldBe(400);
            (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("RuleActionName");
        }
    }

    [Fact]
    public async Task Garbage_InAnAntiforgeryToken_FillsNoLog()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateClient();
        using var page = await client.GetAsync("Account/Login", Stop);
        var cookie = page.Headers.GetValues("Set-Cookie").First(value => value.Contains("Antiforgery", StringComparison.OrdinalIgnoreCase))
            .Split('=')[0];
        using var garbage = app.CreateClient();

        for (var i = 0; i < 20; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "Account/Login")
            {
                Content = new FormUrlEncodedContent([new("__RequestVerificationToken", "CfDJ8garbage"), new("Email", "a@example.test")]),
            };
            request.Headers.Add("Cookie", $"{cookie}=CfDJ8garbage");
            (await garbage.SendAsync(request, Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        app.Logs.Lines.Count(line => line.Contains("   at ", StringComparison.Ordinal)
            && !line.StartsWith("Debug", StringComparison.Ordinal)).ShouldBeLessThan(3);
    }

    [Fact]
    public async Task Form_LargerThanAnyPageHas_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var form = new StringContent($"Email={new string('a', 100_000)}", Encoding.UTF8, "application/x-www-form-urlencoded");

        (await app.CreateClient().PostAsync("Account/Login", form, Stop)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }
}
