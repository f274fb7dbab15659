using System.Net.Http.Headers;
using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>A running product, through its API.</summary>
internal sealed class ConfigApiClient : IConfigDoor, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http;

    /// <param name="key">An Admin's, with the scope full.</param>
    public ConfigApiClient(Uri address, string key)
    {
        _http = new HttpClient { BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public void Dispose() => _http.Dispose();

    public async Task<string> ExportAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync("api/config", cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? text : throw new ConfigCommandException(string.Join(" ", ProblemsOf(answer, text)));
    }

    public async Task<CommandPlan> PlanAsync(string text, bool prune, CancellationToken cancellationToken)
    {
        using var content = new StringContent(text);
        using var answer = await _http.PostAsync($"api/config/plan?prune={(prune ? "true" : "false")}", content, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode && JsonSerializer.Deserialize<ConfigPlanAnswer>(body, Json) is { } plan
            ? new CommandPlan(plan.Basis, plan.Kept, plan.Changes, [], [], plan.Comments) : CommandPlan.Refused(ProblemsOf(answer, body));
    }

    public async Task<CommandPlan> ApplyAsync(string text, bool prune, string basis, CancellationToken cancellationToken)
    {
        using var content = new StringContent(text);
        using var answer = await _http.PutAsync(
            $"api/config?prune={(prune ? "true" : "false")}&basis={Uri.EscapeDataString(basis)}", content, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode && JsonSerializer.Deserialize<ConfigAppliedAnswer>(body, Json) is { } applied
            ? new CommandPlan("", 0, applied.Changes, [], applied.Addresses) : CommandPlan.Refused(ProblemsOf(answer, body));
    }

    private static string[] ProblemsOf(HttpResponseMessage answer, string body)
    {
        try
        {
            var problem = JsonSerializer.Deserialize<ConfigProblemsAnswer>(body, Json);
            return problem?.Errors is { Count: > 0 } errors ? [.. errors.Select(error => error.ToString())]
                : [$"{(int)answer.StatusCode}: {ForeignText.Line(problem?.Detail, 500)}"];
        }
        catch (JsonException)
        {
            return [$"{(int)answer.StatusCode}: this is not the API of Notify.Admin."];
        }
    }
}

/// <summary>What keeps the command from its work, in a sentence for people.</summary>
internal sealed class ConfigCommandException(string message) : Exception(message);
