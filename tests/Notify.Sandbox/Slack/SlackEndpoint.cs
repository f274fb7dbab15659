using System.Text;
using System.Text.Json;

namespace Notify.Sandbox.Slack;

/// <summary><c>/api/{method}</c>: Slack's Web API.</summary>
internal static class SlackEndpoint
{
    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Post];

    public static void MapSlackApi(this IEndpointRouteBuilder routes) => routes.MapMethods("/api/{method}", Verbs, HandleAsync);

    private static async Task HandleAsync(HttpContext http)
    {
        var state = http.RequestServices.GetRequiredService<SandboxState>();
        var name = (string)http.Request.RouteValues["method"]!;
        var method = SlackMethods.All.GetValueOrDefault(name);
        var (arguments, credential, error) = await SlackRequest.ReadAsync(http.Request, method?.AcceptsJson ?? true);

        var aimsAtChannel = name.StartsWith("chat.", StringComparison.Ordinal)
            || name.StartsWith("conversations.", StringComparison.Ordinal);
        var channel = aimsAtChannel ? FindChannel(state.Slack, arguments.Text("channel")) : null;
        var call = new CallTarget(
            SandboxTarget.Slack,
            name,
            channel?.Id ?? arguments.Text("channel"),
            channel is null ? [] : [channel.Name, $"#{channel.Name}"],
            CallTarget.LastFour(credential)) { Content = () => Encoding.UTF8.GetString(arguments.ToJson()) };
        var shown = name is "chat.postMessage" or "chat.update" ? (JsonElement?)null : JsonSerializer.Deserialize<JsonElement>(arguments.ToJson());

        var host = http.Request.Host.Value ?? "";
        await Exchange.RunAsync(http, state, call, () => Judge(state, method, call, arguments, credential, error, host), shown);
    }

    /// <summary>By id, or by name as Slack also allows.</summary>
    internal static SandboxChannel? FindChannel(SlackState slack, string? channel)
    {
        if (channel is null)
        {
            return null;
        }

        return slack.Channels.Find(channel) ?? slack.Channels.All.FirstOrDefault(candidate => candidate.Name == channel.TrimStart('#'));
    }

    private static Answer Judge(SandboxState state, SlackMethod? method, CallTarget call, SlackArguments arguments, string? credential,
        string? error, string host)
    {
        if (method is null)
        {
            return SlackAnswers.UnknownMethod(call.Method);
        }

        if (error is not null)
        {
            return SlackAnswers.Error(error);
        }

        var token = credential is null ? null : state.Slack.Tokens.Find(credential);
        if (method.Callers == TokenKind.None)
        {
            return Limit(state, call, token) ?? method.Handle(new SlackRequest(state, call, arguments, token) { Host = host });
        }

        var answer = Refuse(state, method, credential, token)
            ?? Limit(state, call, token)
            ?? (arguments.HasBracketedName ? SlackAnswers.Error("invalid_array_arg") : null)
            ?? method.Handle(new SlackRequest(state, call, arguments, token) { Host = host });
        return WithScopes(answer, method, token);
    }

    private static Answer? Refuse(SandboxState state, SlackMethod method, string? credential, SandboxToken? token)
    {
        if (string.IsNullOrEmpty(credential))
        {
            return SlackAnswers.Error("not_authed");
        }

        if (token is null)
        {
            return SlackAnswers.Error("invalid_auth");
        }

        if (token.Error is not null)
        {
            return SlackAnswers.Error(token.Error);
        }

        if (token.ExpiresAt <= state.Time.GetUtcNow())
        {
            return SlackAnswers.Error("token_expired");
        }

        if (!method.Callers.HasFlag(token.Kind))
        {
            return SlackAnswers.Error("not_allowed_token_type");
        }

        return method.Scope is { } scope && !token.Scopes.Contains(scope, StringComparer.Ordinal)
            ? SlackAnswers.MissingScope(scope, token.Scopes) : null;
    }

    private static Answer? Limit(SandboxState state, CallTarget call, SandboxToken? token)
    {
        if (!state.Settings.SlackCallsPerMinute.TryGetValue(call.Method, out var perMinute))
        {
            return null;
        }

        var kind = $"{call.Method} {token?.TeamId} {(call.Method == "chat.postMessage" ? call.Destination : null)}";
        return state.Slack.FindWait(kind, perMinute) is { } wait ? SlackAnswers.RateLimited(wait) : null;
    }

    private static Answer WithScopes(Answer answer, SlackMethod method, SandboxToken? token)
    {
        if (token is null)
        {
            return answer;
        }

        answer = answer.With("X-OAuth-Scopes", string.Join(',', token.Scopes));
        return method.Scope is null ? answer : answer.With("X-Accepted-OAuth-Scopes", method.Scope);
    }
}
