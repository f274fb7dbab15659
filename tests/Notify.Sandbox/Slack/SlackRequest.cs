using Microsoft.Net.Http.Headers;

namespace Notify.Sandbox.Slack;

/// <summary>A call to Slack's API: its arguments and who makes it.</summary>
/// <param name="State">The sandbox.</param>
/// <param name="Call">For the log.</param>
/// <param name="Arguments">From query, form or JSON.</param>
/// <param name="Token">Null only for the methods that need none.</param>
internal sealed record SlackRequest(SandboxState State, CallTarget Call, SlackArguments Arguments, SandboxToken? Token)
{
    /// <summary>A body beyond this is cut off, which makes it unreadable.</summary>
    private const int MostBytes = 4 << 20;

    public SlackState Slack => State.Slack;

    /// <summary>Where the sandbox was called: <c>localhost:5090</c>.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The caller's token, for methods that cannot be called without.</summary>
    public SandboxToken Caller => Token ?? throw new InvalidOperationException("This method is listed as needing no token.");

    /// <summary>Reads arguments and credential. Arguments in a JSON body are not seen by methods that do not take JSON, as at
    /// Slack.</summary>
    public static async Task<(SlackArguments Arguments, string? Credential, string? Error)> ReadAsync(HttpRequest request, bool acceptsJson)
    {
        var arguments = new SlackArguments();
        arguments.Add(request.Query.Where(pair => pair.Key != "token"));
        var error = HttpMethods.IsPost(request.Method) ? await ReadBodyAsync(request, arguments, acceptsJson) : null;

        var header = request.Headers.Authorization.ToString();
        var credential = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;
        if (credential is null && request.HasFormContentType && error is null)
        {
            credential = arguments.Text("token");
        }

        return (arguments, credential, error);
    }

    private static async Task<string?> ReadBodyAsync(HttpRequest request, SlackArguments arguments, bool acceptsJson)
    {
        if (request.HasFormContentType)
        {
            try
            {
                arguments.Add(await request.ReadFormAsync(request.HttpContext.RequestAborted));
                return null;
            }
            catch (InvalidDataException)
            {
                return "invalid_form_data";
            }
        }

        var body = await BodyReader.ReadAsync(request, MostBytes, request.HttpContext.RequestAborted);
        if (body.Length == 0)
        {
            return null;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return "missing_post_type";
        }

        if (!type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return "invalid_post_type";
        }

        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return "invalid_charset";
        }

        return acceptsJson ? arguments.AddJson(body) : null;
    }
}
