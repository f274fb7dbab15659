using System.Globalization;
using System.Text.RegularExpressions;
using Notify.Admin.Api;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.SecurityCenter;

/// <summary>Serves the vendor's API at <c>/</c>, beside the start page: a POST, or whatever names an action. Order of the checks: form,
/// date, key, signature, nonce, role, parameters.</summary>
internal sealed partial class SecurityCenterEndpoint(AccessKeyService keys, SecurityCenterService service, TimeProvider time,
    FailureLog failures, ILogger<SecurityCenterEndpoint> logger)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>Whether a request is for this API and not for the start page.</summary>
    public static bool Covers(HttpContext context) =>
        context.Request.Path == "/"
        && (HttpMethods.IsPost(context.Request.Method)
            || context.Request.Headers.ContainsKey("x-acs-action")
            || context.Request.Query.ContainsKey("Action"));

    public async Task HandleAsync(HttpContext context)
    {
        // The vendor's messages are English whatever language the client's headers ask for.
        CultureInfo.CurrentUICulture = English;
        var requestId = SecurityCenterAnswers.NewRequestId();
        var (status, body, retryAfter) = await AnswerAsync(context, requestId);
        if (retryAfter is { } wait)
        {
            context.Response.Headers["x-acs-retry-after"] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json;charset=utf-8";
        context.Response.ContentLength = body.Length;
        context.Response.Headers["x-acs-request-id"] = requestId;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task<(int Status, byte[] Body, TimeSpan? RetryAfter)> AnswerAsync(HttpContext context, string requestId)
    {
        SecurityCenterError error;
        try
        {
            return (StatusCodes.Status200OK, await CallAsync(context, requestId), null);
        }
        catch (CallRefusedException e)
        {
            error = e.Error;
        }
        catch (BodyRefusedException e)
        {
            error = SecurityCenterError.Unread(e);
        }
        catch (NotPermittedException)
        {
            error = SecurityCenterError.NoPermission;
        }
        catch (ProvisionedException e)
        {
            error = SecurityCenterError.Provisioned(e.Message);
        }
        catch (BadHttpRequestException e)
        {
            // The client broke off, or its transfer encoding is malformed.
            error = SecurityCenterError.Unread(e);
        }
        catch (Exception e) when (e is ContendedException || StoreErrors.IsOfStore(e))
        {
            Log(e, requestId);
            error = SecurityCenterError.ServiceUnavailable;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log(e, requestId);
            error = SecurityCenterError.ServerError;
        }

        return (error.Status, SecurityCenterAnswers.Error(requestId, context.Request.Host.Value ?? string.Empty, error), error.RetryAfter);
    }

    private void Log(Exception failure, string requestId)
    {
        if (failures.IsDue(failure, out var silent))
        {
            logger.LogError(failure, "Security Center call {RequestId} failed (and {Silent} others since this was last written)", requestId,
                silent);
        }
    }

    private async Task<byte[]> CallAsync(HttpContext context, string requestId)
    {
        var cancellationToken = context.RequestAborted;
        var address = ClientAddress.Of(context);
        // Who names no key of ours need not send a body.
        var early = KeyIdBeforeBody(context.Request) is { } id ? (Id: id, Found: await FindAsync(id, address, cancellationToken)) : default;
        var body = await RequestBody.ReadAsync(context.Request, RequestBody.DefaultLimit, cancellationToken)
            ?? throw new CallRefusedException(SecurityCenterError.BodyTooLarge);
        var call = SecurityCenterCall.Read(SecurityCenterRequest.Read(context.Request.Method, context.Request.QueryString.Value,
            context.Request.Headers, body));
        call.Signature.CheckDate(time.GetUtcNow());

        var key = early.Id == call.Signature.AccessKeyId ? early.Found
            : await FindAsync(call.Signature.AccessKeyId, address, cancellationToken);
        try
        {
            call.Signature.Verify(key.Secret);
        }
        catch (CallRefusedException)
        {
            await keys.RefuseAsync(key, address, "wrong signature");
            throw;
        }

        if (!await keys.TryUseNonceAsync(key, call.Signature.Nonce, cancellationToken))
        {
            await keys.RefuseAsync(key, address, "nonce used");
            throw new CallRefusedException(SecurityCenterError.NonceUsed);
        }

        return await service.AnswerAsync(call, requestId, key.Actor, cancellationToken);
    }

    private async Task<AccessKey> FindAsync(string accessKeyId, string address, CancellationToken cancellationToken)
    {
        var found = await keys.FindAsync(accessKeyId, address, cancellationToken);
        return found.Key ?? throw new CallRefusedException(found.Verdict == KeyVerdict.Throttled
            ? SecurityCenterError.Throttled(found.RetryAfter)
            : SecurityCenterError.UnknownAccessKey);
    }

    // ACS3 names its key in a header; RPC in a parameter, which may be in the body. Null too for what has no body.
    private static string? KeyIdBeforeBody(HttpRequest request) =>
        request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding") ? null
        : Credential().Match(request.Headers.Authorization.ToString()) is { Success: true } acs3 ? acs3.Groups[1].Value
        : request.Query["AccessKeyId"] is [{ Length: > 0 and <= 128 } id] ? id
        : null;

    [GeneratedRegex(@"\AACS3-HMAC-SHA256\s+(?:.*,\s*)?Credential=([^,\s]{1,128})(?:,|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Credential();
}
