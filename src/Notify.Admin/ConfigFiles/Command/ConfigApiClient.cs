using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>A running product, through its API.</summary>
internal sealed class ConfigApiClient : IConfigDoor, IDisposable
{
    private const string JsonType = "application/json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http;

    /// <param name="key">An Admin's, with the scope full.</param>
    public ConfigApiClient(Uri address, string key)
    {
        // What sends elsewhere is not the API, and is not to see the file.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/"),
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public void Dispose() => _http.Dispose();

    public async Task<string> ExportAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync("api/config", cancellationToken);
        var text = await ReadAsync(answer, cancellationToken);
        return Is(answer, ConfigEndpoints.FileType) ? text : throw new ConfigCommandException(string.Join(" ", ProblemsOf(answer, text)));
    }

    public async Task<CommandPlan> PlanAsync(string text, bool prune, CancellationToken cancellationToken)
    {
        using var content = new StringContent(text);
        using var answer = await _http.PostAsync($"api/config/plan?prune={(prune ? "true" : "false")}", content, cancellationToken);
        var body = await ReadAsync(answer, cancellationToken);
        return Is(answer, JsonType) && Parse<ConfigPlanAnswer>(body) is { Basis: not null, Changes: not null } plan
            ? new CommandPlan(plan.Basis, plan.Kept, plan.Changes, [], [], plan.Comments) : CommandPlan.Refused(ProblemsOf(answer, body));
    }

    public async Task<CommandPlan> ApplyAsync(string text, bool prune, string basis, CancellationToken cancellationToken)
    {
        using var content = new StringContent(text);
        using var answer = await _http.PutAsync(
            $"api/config?prune={(prune ? "true" : "false")}&basis={Uri.EscapeDataString(basis)}", content, cancellationToken);
        var body = await ReadAsync(answer, cancellationToken);
        return Is(answer, JsonType) && Parse<ConfigAppliedAnswer>(body) is { Changes: not null, Addresses: not null } applied
            ? new CommandPlan("", 0, applied.Changes, [], applied.Addresses) : CommandPlan.Refused(ProblemsOf(answer, body));
    }

    // Not as a text: an answer may name an encoding that there is not.
    private static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellationToken));

    // A page of a proxy or of a sign-in is answered with 200, too.
    private static bool Is(HttpResponseMessage answer, string type) =>
        answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType == type;

    private static T? Parse<T>(string body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string[] ProblemsOf(HttpResponseMessage answer, string body)
    {
        var problem = answer.IsSuccessStatusCode ? null : Parse<ConfigProblemsAnswer>(body);
        return problem?.Errors is { Count: > 0 } errors ? [.. errors.Select(error => $"{error}")]
            : [$"{(int)answer.StatusCode}: {ForeignText.Line(problem?.Detail, 500) ?? "this is not the API of Notify.Admin."}"];
    }
}

/// <summary>What keeps the command from its work, in a sentence for people.</summary>
internal sealed class ConfigCommandException(string message) : Exception(message);
