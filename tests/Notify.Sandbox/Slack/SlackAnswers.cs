using System.Text.Json.Nodes;

namespace Notify.Sandbox.Slack;

/// <summary>Slack's envelope: HTTP 200 whatever happened, <c>ok</c> says which.</summary>
internal static class SlackAnswers
{
    public static Answer Ok(JsonObject members)
    {
        var body = new JsonObject { ["ok"] = true };
        Move(members, body);
        return Answer.Json(body, "ok");
    }

    /// <param name="code">Slack's error code.</param>
    /// <param name="messages">Explanations, for <c>errors</c> and <c>response_metadata.messages</c>.</param>
    public static Answer Error(string code, params IReadOnlyList<string> messages)
    {
        var body = new JsonObject { ["ok"] = false, ["error"] = code };
        if (messages.Count > 0)
        {
            body["errors"] = new JsonArray([.. messages.Select(message => JsonValue.Create(message))]);
            body["response_metadata"] = new JsonObject
            {
                ["messages"] = new JsonArray([.. messages.Select(message => JsonValue.Create($"[ERROR] {message}"))]),
            };
        }

        return Answer.Json(body, code);
    }

    public static Answer MissingScope(string needed, IEnumerable<string> provided) => Answer.Json(
        new JsonObject { ["ok"] = false, ["error"] = "missing_scope", ["needed"] = needed, ["provided"] = string.Join(',', provided) },
        "missing_scope");

    public static Answer UnknownMethod(string method) =>
        Answer.Json(new JsonObject { ["ok"] = false, ["error"] = "unknown_method", ["req_method"] = method }, "unknown_method");

    public static Answer MissingArgument(string name) => Error("missing_argument", $"missing required field: {name}");

    public static Answer RateLimited(TimeSpan wait) => (Error("ratelimited") with { Status = StatusCodes.Status429TooManyRequests })
        .With("Retry-After", Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static void Move(JsonObject from, JsonObject to)
    {
        foreach (var (name, value) in from.ToList())
        {
            from.Remove(name);
            to[name] = value;
        }
    }
}
