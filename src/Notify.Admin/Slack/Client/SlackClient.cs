using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>Slack's Web API. Every method is POSTed, as Slack's own SDKs do: no argument is in an address, where proxies and logs would
/// keep e-mail addresses. The token travels only in the Authorization header. Nothing that Slack or the network does throws; only the
/// caller's own cancellation does.</summary>
internal sealed class SlackClient(HttpClient http, IOptions<SlackOptions> options, TimeProvider clock)
{
    /// <summary>The largest answer that is read; a page of 200 people with long profiles stays far below.</summary>
    public const int MaxAnswerBytes = 8 * 1024 * 1024;

    private const string PageSize = "200";

    /// <summary>Posts a message; <paramref name="body"/> is the JSON of all arguments.</summary>
    public Task<SlackAnswer<SlackPosted>> PostMessageAsync(string token, string body, CancellationToken cancellationToken) =>
        PostJsonAsync("chat.postMessage", token, body, SlackPosted.Read, cancellationToken);

    /// <summary>Changes a message; <paramref name="body"/> is the JSON of all arguments, among them <c>ts</c>.</summary>
    public Task<SlackAnswer<SlackPosted>> UpdateMessageAsync(string token, string body, CancellationToken cancellationToken) =>
        PostJsonAsync("chat.update", token, body, SlackPosted.Read, cancellationToken);

    /// <summary>Who the token is, and (in <see cref="SlackAnswer{T}.Scopes"/>) what it may do.</summary>
    public Task<SlackAnswer<SlackIdentity>> TestAuthAsync(string token, CancellationToken cancellationToken) =>
        PostFormAsync("auth.test", token, [], SlackIdentity.Read, cancellationToken);

    /// <summary>Shows a message to one person in a channel; <paramref name="body"/> is the JSON of all arguments.</summary>
    public Task<SlackAnswer<SlackPosted>> PostEphemeralAsync(string token, string body, CancellationToken cancellationToken) =>
        PostJsonAsync("chat.postEphemeral", token, body, SlackPosted.Read, cancellationToken);

    /// <summary>Where to connect to for Socket Mode: an address that works once.</summary>
    public Task<SlackAnswer<SlackSocketAddress>> OpenConnectionAsync(string appToken, CancellationToken cancellationToken) =>
        PostFormAsync("apps.connections.open", appToken, [], SlackSocketAddress.Read, cancellationToken);

    public Task<SlackAnswer<SlackUser>> GetUserAsync(string token, string userId, CancellationToken cancellationToken) =>
        PostFormAsync("users.info", token, [new("user", userId)], root => SlackUser.Read(root.Member("user") ?? default),
            cancellationToken);

    /// <summary>One page of channels.</summary>
    /// <param name="types">Comma list of public_channel, private_channel, mpim, im; each needs its own scope.</param>
    /// <param name="teamId">Required with an organisation-wide token.</param>
    public Task<SlackAnswer<SlackPage<SlackConversation>>> ListConversationsAsync(
        string token, string types, string? teamId, string? cursor, CancellationToken cancellationToken) =>
        PostFormAsync(
            "conversations.list",
            token,
            [new("types", types), new("exclude_archived", "true"), new("limit", PageSize), new("team_id", teamId), new("cursor", cursor)],
            root => ReadPage(root, "channels", SlackConversation.Read),
            cancellationToken);

    public Task<SlackAnswer<SlackConversation>> GetConversationAsync(string token, string channelId, CancellationToken cancellationToken) =>
        PostFormAsync(
            "conversations.info",
            token,
            [new("channel", channelId), new("include_num_members", "true")],
            root => SlackConversation.Read(root.Member("channel") ?? default),
            cancellationToken);

    /// <summary>Makes the bot a member of a public channel. Being one already is accepted, with the warning
    /// <c>already_in_channel</c>.</summary>
    public Task<SlackAnswer<SlackConversation>> JoinConversationAsync(string token, string channelId,
        CancellationToken cancellationToken) =>
        PostFormAsync("conversations.join", token, [new("channel", channelId)],
            root => SlackConversation.Read(root.Member("channel") ?? default), cancellationToken);

    /// <summary>One page of people and bots, deleted ones included.</summary>
    /// <param name="teamId">Required with an organisation-wide token.</param>
    public Task<SlackAnswer<SlackPage<SlackUser>>> ListUsersAsync(string token, string? teamId, string? cursor,
        CancellationToken cancellationToken) =>
        PostFormAsync(
            "users.list",
            token,
            [new("limit", PageSize), new("team_id", teamId), new("cursor", cursor)],
            root => ReadPage(root, "members", SlackUser.Read),
            cancellationToken);

    /// <summary>The person with that address; <c>users_not_found</c> when there is none.</summary>
    public Task<SlackAnswer<SlackUser>> FindUserByEmailAsync(string token, string email, CancellationToken cancellationToken) =>
        PostFormAsync("users.lookupByEmail", token, [new("email", email)], root => SlackUser.Read(root.Member("user") ?? default),
            cancellationToken);

    /// <summary>One page of the workspaces that the token reaches.</summary>
    public Task<SlackAnswer<SlackPage<SlackTeamListed>>> ListTeamsAsync(string token, string? cursor,
        CancellationToken cancellationToken) =>
        PostFormAsync(
            "auth.teams.list", token, [new("limit", PageSize), new("cursor", cursor)], root =>
                ReadPage(root, "teams", SlackTeamListed.Read), cancellationToken);

    /// <summary>Exchanges a refresh token, which works once, for a new pair. The refresh token is the only credential and travels in the
    /// body.</summary>
    public Task<SlackAnswer<SlackTokenPair>> RotateTokensAsync(string refreshToken, CancellationToken cancellationToken) => CallAsync(
        refreshToken,
        () => new HttpRequestMessage(HttpMethod.Post,
        "tooling.tokens.rotate") { Content = new FormUrlEncodedContent([new("refresh_token", refreshToken)]) },
        SlackTokenPair.Read,
        cancellationToken,
        authorize: false);

    /// <summary>A method that takes a JSON body.</summary>
    public Task<SlackAnswer<T>> PostJsonAsync<T>(string method, string token, string body, Func<JsonElement, T?> read,
        CancellationToken cancellationToken)
        where T : class =>
        CallAsync(token, () => new HttpRequestMessage(HttpMethod.Post,
            method) { Content = new StringContent(body, Encoding.UTF8, "application/json") }, read, cancellationToken);

    /// <summary>A method with form arguments; null values are left out.</summary>
    public Task<SlackAnswer<T>> PostFormAsync<T>(
        string method, string token, IReadOnlyList<KeyValuePair<string, string?>> arguments, Func<JsonElement, T?> read,
        CancellationToken cancellationToken)
        where T : class =>
        CallAsync(token, () => new HttpRequestMessage(HttpMethod.Post, method) { Content = new FormUrlEncodedContent(Given(arguments)) },
            read, cancellationToken);

    private async Task<SlackAnswer<T>> CallAsync<T>(
        string token, Func<HttpRequestMessage> createRequest, Func<JsonElement, T?> read, CancellationToken cancellationToken,
        bool authorize = true)
        where T : class
    {
        if (!SlackToken.IsWellFormed(token))
        {
            return new SlackAnswer<T> { Code = SlackErrors.TokenMalformed };
        }

        var start = clock.GetTimestamp();
        using var timeout = new CancellationTokenSource(options.Value.Timeout, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        SlackAnswer<T> answer;
        try
        {
            using var request = createRequest();
            if (authorize)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            var body = await ReadBodyAsync(response.Content, linked.Token);
            answer = body is null
                ? Failed<T>(SlackErrors.UnreadableAnswer, $"The answer has more than {MaxAnswerBytes} bytes.",
                    token) with { StatusCode = (int)response.StatusCode, OutcomeUnknown = true }
                : SlackAnswerReader.Read(response, body.Value, token, clock.GetUtcNow(), read);
        }
        catch (Exception exception) when (IsTransportTrouble(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            answer = Explain<T>(exception, timeout.IsCancellationRequested, token);
        }

        return answer with { Duration = clock.GetElapsedTime(start) };
    }

    private static bool IsTransportTrouble(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException or InvalidDataException;

    private SlackAnswer<T> Explain<T>(Exception exception, bool timedOut, string token)
        where T : class => exception switch
        {
            OperationCanceledException when timedOut =>
                Failed<T>(SlackErrors.Timeout, $"No complete answer within {options.Value.Timeout.TotalSeconds:0.#} s.",
                    token) with { OutcomeUnknown = true },

            // Cancelled by the handler itself: it could not connect in time.
            OperationCanceledException =>
                Failed<T>(SlackErrors.ConnectionFailed, exception.InnerException?.Message ?? exception.Message, token),

            HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
            } => Failed<T>(SlackErrors.ConnectionFailed, exception.Message, token),

            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded }
                or InvalidDataException =>
                Failed<T>(SlackErrors.UnreadableAnswer, exception.Message, token) with { OutcomeUnknown = true },

            _ => Failed<T>(SlackErrors.ConnectionReset, exception.Message, token) with { OutcomeUnknown = true },
        };

    private static SlackAnswer<T> Failed<T>(string code, string message, string token)
        where T : class => new() { Code = code, Messages = [Redactor.Redact(message, token)] };

    /// <summary>Null when the body is larger than <see cref="MaxAnswerBytes"/>.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MaxAnswerBytes)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static SlackPage<T>? ReadPage<T>(JsonElement root, string name, Func<JsonElement, T?> read)
        where T : class
    {
        if (root.Member(name) is not { ValueKind: JsonValueKind.Array })
        {
            return null;
        }

        var cursor = (root.Member("response_metadata") ?? default).Text("next_cursor");
        return new SlackPage<T>([.. root.Items(name).Select(read).OfType<T>()], string.IsNullOrEmpty(cursor) ? null : cursor);
    }

    private static IEnumerable<KeyValuePair<string, string>> Given(IEnumerable<KeyValuePair<string, string?>> arguments) =>
        arguments.Where(argument => !string.IsNullOrEmpty(argument.Value))
            .Select(argument => KeyValuePair.Create(argument.Key, argument.Value!));
}
