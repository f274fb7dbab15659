using System.Text.Json;
using System.Text.Json.Nodes;

namespace Notify.Sandbox.SecurityCenter;

/// <summary>Answers in the form of an Alibaba Cloud RPC API.</summary>
internal static class SecurityCenterAnswers
{
    public static Answer Ok(JsonObject body)
    {
        body["RequestId"] = NewRequestId();
        return Answer.Json(body, "ok");
    }

    public static Answer Invalid(string parameter) =>
        Error(400, "InvalidParameter", $"The specified parameter {parameter} is not valid.");

    public static Answer Error(int status, string code, string message) => new()
    {
        Status = status,
        Code = code,
        Body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["RequestId"] = NewRequestId(),
            ["HostId"] = "sandbox",
            ["Code"] = code,
            ["Message"] = message,
        }, Answer.Readable),
    };

    private static string NewRequestId() => Guid.NewGuid().ToString("D").ToUpperInvariant();
}
