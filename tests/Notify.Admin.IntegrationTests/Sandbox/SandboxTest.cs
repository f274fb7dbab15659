using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Notify.Sandbox;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Sandbox;

/// <summary>A sandbox of its own for each test, spoken to over real HTTP.</summary>
public abstract class SandboxTest : IAsyncLifetime
{
    private HttpClient? _http;
    private SandboxServer? _server;

    protected SandboxServer Server => _server ?? throw new InvalidOperationException("The sandbox has not started.");
    protected HttpClient Http => _http ?? throw new InvalidOperationException("The sandbox has not started.");
    protected MovableTime Time { get; } = new(new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero));
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(time: Time, cancellationToken: Token);
        _http = new HttpClient { BaseAddress = _server.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected async Task<JsonElement> SlackAsync(string method, object? arguments = null, string? token = SlackSeeds.BotToken)
    {
        using var response = await SlackResponseAsync(method, arguments, token);
        return await ReadAsync(response);
    }

    /// <summary>Sends the arguments as JSON where the method takes it, else as a form.</summary>
    protected async Task<HttpResponseMessage> SlackResponseAsync(string method, object? arguments = null,
        string? token = SlackSeeds.BotToken)
    {
        var json = JsonSerializer.SerializeToElement(arguments ?? new { });
        var takesJson = method.StartsWith("functions.", StringComparison.Ordinal)
            || method is "chat.postMessage" or "conversations.join" or "auth.test" or "team.info";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/{method}")
        {
            Content = takesJson
                ? new StringContent(json.GetRawText(), Encoding.UTF8, "application/json")
                : new FormUrlEncodedContent(json.EnumerateObject()
                    .Select(member => KeyValuePair.Create(member.Name, member.Value.ToString()))),
        };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await Http.SendAsync(request, Token);
    }

    protected async Task<JsonElement> RobotAsync(object message, string token = RobotSeeds.KeywordToken, string extra = "")
    {
        using var content = new StringContent(message as string ?? JsonSerializer.Serialize(message), Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(new Uri($"robot/send?access_token={token}{extra}", UriKind.Relative), content, Token);
        return await ReadAsync(response);
    }

    protected async Task<HttpResponseMessage> ControlAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"_sandbox{path}");
        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        return await Http.SendAsync(request, Token);
    }

    protected async Task PutAsync(string path, object body)
    {
        using var response = await ControlAsync(HttpMethod.Put, path, body);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Token));
    }

    protected async Task FaultAsync(object fault)
    {
        using var response = await ControlAsync(HttpMethod.Post, "/faults", fault);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Slack's <c>error</c>, or <c>ok</c>.</summary>
    protected static string? Code(JsonElement answer) =>
        answer.GetProperty("ok").GetBoolean() ? "ok" : answer.GetProperty("error").GetString();

    protected static IEnumerable<string?> Strings(JsonElement array) => array.EnumerateArray().Select(item => item.GetString());

    protected static object Text(string content) => new { msgtype = "text", text = new { content } };

    protected static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Token));
}
