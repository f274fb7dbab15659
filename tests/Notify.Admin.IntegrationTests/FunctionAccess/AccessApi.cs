using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Notify.Admin.Data;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.FunctionAccess;

/// <summary>A program with the sandbox's workspace, and calls of its <c>/api/function-access</c>.</summary>
internal static class AccessApi
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, TimeProvider? time = null)
    {
        var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            Time = time,
            WithSandbox = true,
            Configuration = new Dictionary<string, string> { ["FunctionAccess:RetryDelay"] = "00:00:00" },
        });
        var workspace = new { name = "Sandbox", bot_token = SlackSeeds.BotToken, config_token = SlackSeeds.ConfigurationToken,
            refresh_token = SlackSeeds.RefreshToken };
        await PostAsync(app.CreateApiClient(), "api/slack-workspaces", workspace, HttpStatusCode.Created);
        return app;
    }

    public static async Task<int> AddAsync(HttpClient api, string functionId) =>
        (await PostAsync(api, "api/function-access", new { workspace_id = 1, name = "Create report", function_id = functionId },
            HttpStatusCode.Created))
        .GetProperty("id").GetInt32();

    public static async Task<JsonElement> GetAsync(HttpClient api, string path)
    {
        using var answer = await api.GetAsync(path, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public static async Task<JsonElement> PostAsync(HttpClient api, string path, object body, HttpStatusCode expected)
    {
        using var answer = await api.PostAsJsonAsync(path, body, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        answer.StatusCode.ShouldBe(expected, $"{path} {JsonSerializer.Serialize(body)}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
