using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.FunctionAccess;

/// <summary>How a function is named to Slack: by its id, or by its callback id within an app; never by both (what Slack does with both is
/// undocumented).</summary>
public sealed record FunctionName(string? FunctionId, string? CallbackId, string? AppId)
{
    public const int MostLength = 100;

    /// <summary>Unique in a workspace. A callback id never holds a slash; a function id has no app before it.</summary>
    public string Key => FunctionId ?? $"{AppId}/{CallbackId}";

    /// <summary>The name in words: the id, or callback id and app.</summary>
    public override string ToString() => FunctionId ?? $"{CallbackId} · {AppId}";

    /// <summary>Slack's arguments. Ids are case-sensitive and never changed.</summary>
    public IEnumerable<KeyValuePair<string, string>> Arguments() => FunctionId is not null
        ? [new("function_id", FunctionId)]
        : [new("function_callback_id", CallbackId!), new("function_app_id", AppId!)];

    /// <summary>Reads what a person or a script gave. An id may have been pasted with the rest, then it wins.</summary>
    /// <param name="name">The name, when the answer is null.</param>
    /// <returns>The field that is wrong and the rule, or null.</returns>
    public static (string Field, string Rule)? Read(string? functionId, string? callbackId, string? appId, out FunctionName? name)
    {
        name = null;
        var (id, callback, app) = (Clean(SlackIds.Function(functionId)), Clean(callbackId), Clean(SlackIds.App(appId)));
        if (id is not null)
        {
            if (!IsId(id, "Fn"))
            {
                return ("function_id", "must be a function id: Fn, then capital letters and digits");
            }

            name = new FunctionName(id, null, null);
            return null;
        }

        if (callback is null && app is null)
        {
            return ("function_id", "or function_callback_id with function_app_id is required");
        }

        if (callback is null || callback.Length > MostLength || !PlainText.IsLine(callback)
            || callback.Any(c => char.IsWhiteSpace(c) || c == '/'))
        {
            return ("function_callback_id",
                $"is required with function_app_id, at most {MostLength} characters without spaces and slashes");
        }

        if (app is null || !IsId(app, "A"))
        {
            return ("function_app_id", "is required with function_callback_id: A, then capital letters and digits");
        }

        name = new FunctionName(null, callback, app);
        return null;
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static bool IsId(string text, string prefix) =>
        text.Length > prefix.Length && text.Length <= MostLength && text.StartsWith(prefix, StringComparison.Ordinal)
        && text.AsSpan(prefix.Length).IndexOfAnyExcept(Capitals) < 0;

    private static readonly System.Buffers.SearchValues<char> Capitals =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}
