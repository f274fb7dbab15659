using System.Net;

namespace Notify.Sandbox.DingTalk;

/// <summary>A call to a robot, read but not judged.</summary>
internal sealed record RobotRequest
{
    public required string? ContentType { get; init; }
    public required byte[] Body { get; init; }
    public required string Token { get; init; }
    public required string Timestamp { get; init; }
    public required string Sign { get; init; }
    public required IPAddress Caller { get; init; }

    /// <summary>A body beyond this is not read; DingTalk refuses it long before.</summary>
    private const int MostBytes = 1 << 20;

    public static async Task<RobotRequest> ReadAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var caller = http.Connection.RemoteIpAddress ?? IPAddress.None;
        return new RobotRequest
        {
            ContentType = http.Request.ContentType,
            Body = await BodyReader.ReadAsync(http.Request, MostBytes, http.RequestAborted),
            Token = query["access_token"].ToString(),
            Timestamp = query["timestamp"].ToString(),
            Sign = query["sign"].ToString(),
            Caller = caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller,
        };
    }
}
