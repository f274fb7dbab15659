namespace Notify.Admin.SecurityCenter;

/// <summary>A request whose form is right. What is left to the endpoint, in this order: <see cref="CallSignature.CheckDate"/>, the lookup
/// of the access key, <see cref="CallSignature.Verify"/>, the nonce, the role of the key's owner, the operation.</summary>
internal sealed record SecurityCenterCall(SecurityCenterOperation Operation, CallSignature Signature, CallParameters Parameters)
{
    private const string ActionHeader = "x-acs-action";
    private const string VersionHeader = "x-acs-version";

    /// <summary>Throws <see cref="CallRefusedException"/> for a request that is no well-formed call of an operation.</summary>
    public static SecurityCenterCall Read(SecurityCenterRequest request)
    {
        if (request.Method is not ("GET" or "POST"))
        {
            throw new CallRefusedException(SecurityCenterError.UnsupportedMethod);
        }

        RefuseRepeatedHeaders(request);
        var parameters = Merge(request);
        var action = Agree(request, parameters, "Action", ActionHeader);
        var version = Agree(request, parameters, "Version", VersionHeader);
        CheckFormat(parameters);

        var isAcs3 = Acs3Signature.IsUsedBy(request);
        CallSignature signature = isAcs3 ? Acs3Signature.Read(request) : ReadRpc(request, parameters);
        // Without ACS3 the headers are not signed, so the parameters must say what is wanted.
        Require(isAcs3 ? action : parameters.GetValueOrDefault("Action"), "Action");
        Require(isAcs3 ? version : parameters.GetValueOrDefault("Version"), "Version");
        if (version != SecurityCenterOperations.Version)
        {
            throw new CallRefusedException(SecurityCenterError.UnknownVersion(version!));
        }

        return new SecurityCenterCall(
            SecurityCenterOperations.Find(action!) ?? throw new CallRefusedException(SecurityCenterError.UnknownAction(action!)),
            signature,
            new CallParameters(parameters));
    }

    private static RpcSignature ReadRpc(SecurityCenterRequest request, Dictionary<string, string> parameters) =>
        parameters.ContainsKey("Signature") || parameters.ContainsKey("AccessKeyId") || request.Header(ActionHeader) is null
            ? RpcSignature.Read(request, parameters)
            : throw new CallRefusedException(SecurityCenterError.Incomplete("the Authorization header is required"));

    private static void RefuseRepeatedHeaders(SecurityCenterRequest request)
    {
        var read = request.HeaderNames.Where(name =>
            name is "host" or "authorization" or "content-type" || name.StartsWith("x-acs-", StringComparison.Ordinal));
        if (read.FirstOrDefault(request.IsRepeated) is { } repeated)
        {
            throw new CallRefusedException(SecurityCenterError.Incomplete($"the header {SecurityCenterError.Shorten(repeated)} is given twice"));
        }
    }

    private static Dictionary<string, string> Merge(SecurityCenterRequest request)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Query.Concat(request.Form))
        {
            if (!parameters.TryAdd(name, value))
            {
                throw new CallRefusedException(SecurityCenterError.Invalid(SecurityCenterError.Shorten(name), "it is given twice"));
            }
        }

        return parameters;
    }

    private static string? Agree(SecurityCenterRequest request, Dictionary<string, string> parameters, string name, string header)
    {
        var inHeader = request.Header(header);
        if (!parameters.TryGetValue(name, out var value) || inHeader is null)
        {
            return value ?? inHeader;
        }

        // One of the official clients writes the first letter upper-case in the parameter only.
        return string.Equals(value, inHeader, StringComparison.OrdinalIgnoreCase)
            ? value
            : throw new CallRefusedException(SecurityCenterError.Invalid(name, $"it differs from the header {header}"));
    }

    private static void CheckFormat(Dictionary<string, string> parameters)
    {
        if (parameters.TryGetValue("Format", out var format) && !format.Equals("JSON", StringComparison.OrdinalIgnoreCase))
        {
            throw new CallRefusedException(SecurityCenterError.Invalid("Format", "only JSON is supported"));
        }
    }

    private static void Require(string? value, string name)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new CallRefusedException(SecurityCenterError.Missing(name));
        }
    }
}
