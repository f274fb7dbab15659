using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Notify.Sandbox.DingTalk;

/// <summary>
/// A robot's checks in their order: content type, JSON, size, token, group and robot on, rate, signature, caller's address, keyword,
/// message type and its fields. The first that fails is the answer.
/// </summary>
internal static class RobotChecks
{
    /// <summary>The whole HTTP body, in bytes of UTF-8.</summary>
    public const int MostBytes = 20_000;

    public static Answer Judge(RobotRequest request, RobotGate? gate, ErrorStyle defaultStyle)
    {
        var style = gate?.Robot.ErrorStyle ?? defaultStyle;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return RobotAnswers.WrongContentType(style);
        }

        if (request.Body.Length > MostBytes && !IsJsonObject(request.Body))
        {
            // Beyond what is read at all it cannot be told whether it was JSON: too long is the useful answer.
            return request.Body.Length > 1 << 20 ? RobotAnswers.TooLong(style) : RobotAnswers.MissingField(style, "json");
        }

        if (request.Body.Length > MostBytes)
        {
            return RobotAnswers.TooLong(style);
        }

        if (Parse(request.Body) is not { } document)
        {
            return RobotAnswers.MissingField(style, "json");
        }

        using (document)
        {
            return JudgeMessage(request, document.RootElement, gate, style);
        }
    }

    private static Answer JudgeMessage(RobotRequest request, JsonElement message, RobotGate? gate, ErrorStyle style)
    {
        if (gate is null)
        {
            return RobotAnswers.NoSuchToken(style);
        }

        var robot = gate.Robot;
        if (robot.Dissolved)
        {
            return RobotAnswers.Dissolved(style);
        }

        if (!robot.Enabled)
        {
            return RobotAnswers.Disabled(style);
        }

        return gate.Admit(style, now => CheckSignature(request, robot, style, now)
            ?? CheckCaller(request, robot, style)
            ?? CheckContent(message, robot, style));
    }

    private static Answer? CheckSignature(RobotRequest request, SandboxRobot robot, ErrorStyle style, DateTimeOffset now)
    {
        if (robot.Secret is null)
        {
            return null;
        }

        if (request.Timestamp.Length == 0 || request.Sign.Length == 0)
        {
            return RobotAnswers.WrongSignature(style);
        }

        if (!RobotSignature.IsTimely(request.Timestamp, now))
        {
            return RobotAnswers.WrongTimestamp(style);
        }

        return RobotSignature.IsRight(request.Timestamp, request.Sign, robot.Secret) ? null : RobotAnswers.WrongSignature(style);
    }

    private static Answer? CheckCaller(RobotRequest request, SandboxRobot robot, ErrorStyle style) =>
        robot.Allows(request.Caller) ? null : RobotAnswers.WrongIp(style, request.Caller.ToString());

    private static Answer? CheckContent(JsonElement message, SandboxRobot robot, ErrorStyle style)
    {
        var type = RobotMessage.Text(message, "msgtype") ?? "";
        if (robot.Keywords.Count > 0)
        {
            var visible = RobotMessage.VisibleText(message, type);
            if (!robot.Keywords.Any(keyword => visible.Contains(keyword, StringComparison.Ordinal)))
            {
                return RobotAnswers.NoKeyword(style);
            }
        }

        var missing = RobotMessage.FindMissing(message, type, out var known);
        if (type.Length == 0)
        {
            return RobotAnswers.MissingField(style, "msgtype");
        }

        if (!known)
        {
            return RobotAnswers.UnknownType(style);
        }

        return missing is null ? null : RobotAnswers.MissingField(style, missing);
    }

    private static bool IsJsonObject(byte[] body)
    {
        using var document = Parse(body);
        return document is not null;
    }

    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
