using System.Text;
using Microsoft.Extensions.Primitives;
using Notify.Admin.DingTalk;
using Notify.Admin.SecurityCenter;

namespace Notify.Admin.UnitTests.SecurityCenter;

/// <summary>Whatever is sent is either a call or refused in the vendor's words; never another exception, which would be a 5xx.</summary>
public class HostileCallTests
{
    private static readonly string[] Names =
    [
        "Action", "Version", "Format", "AccessKeyId", "Signature", "SignatureMethod", "SignatureNonce", "SignatureVersion", "Timestamp",
            "Id", "Ids",
        "RuleActionName", "SendUrl", "IntervalTime", "ConfigList", "GroupIdList", "DingTalkLang", "Status", "CurrentPage", "PageSize",
        "Lang", "", "%", "%00",
    ];

    private static readonly string[] Values =
    [
        "", "1", "-1", "0", "99999999999999999999", "DescribeDingTalk", "CreateOrUpdateDingTalk", "2018-12-03", "JSON", "HMAC-SHA1", "1.0",
        "2025-01-02T03:04:05Z", "%00", "%ED%A0%80", "%F0%9F%98%80", "%zz", "+", "[]", "[1]", "%5B%22%5Cud800%22%5D",
        "%5B%7B%22type%22%3A%22%5Cud800%22%7D%5D",
        "%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B%5B", "1,2,,3", "zh",
        "https://oapi.dingtalk.com/robot/send?access_token=a",
        "https%3A%2F%2Foapi.dingtalk.com%2Frobot%2Fsend%3Faccess_token%3Da", "https://%5B::1", "http://a%00b/", "ACS3-HMAC-SHA256",
        "\uFFFF",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Read_RandomRequests_AreCallsOrRefusals(int seed)
    {
        var random = new Random(seed);
        var binder = new CallBinder(new WebhookAllowList([DingTalkOptions.DefaultWebhook]));
        for (var round = 0; round < 300; round++)
        {
            var refusal = Record.Exception(() =>
            {
                var call = SecurityCenterCall.Read(Request(random));
                call.Signature.Verify("secret");
            });
            (refusal is null or CallRefusedException).ShouldBeTrue(refusal?.ToString());

            var parameters = new CallParameters(Names.Skip(9).Where(_ => random.Next(2) == 0)
                .ToDictionary(name => name, _ => Uri.UnescapeDataString(Pick(random, Values))));
            foreach (var read in new Func<object>[]
            {
                () => binder.ReadSave(parameters), () => CallBinder.ReadList(parameters), () => CallBinder.ReadDelete(parameters),
                () => CallBinder.ReadSwitch(parameters), () =>
                    CallBinder.ReadTest(parameters), () => CallBinder.ReadDescribeDataSource(parameters),
            })
            {
                refusal = Record.Exception(() => { read(); });
                (refusal is null or CallRefusedException).ShouldBeTrue(refusal?.ToString());
            }
        }
    }

    private static SecurityCenterRequest Request(Random random)
    {
        Dictionary<string, StringValues> headers = new() { ["Host"] = Pick(random, ["localhost", "", "a\"b"]) };
        foreach (var name in new[] { "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256",
            "Content-Type" })
        {
            if (random.Next(2) == 0)
            {
                headers[name] = Pick(random, Values);
            }
        }

        if (random.Next(2) == 0)
        {
            headers["Authorization"] = $"ACS3-HMAC-SHA256 Credential={Pick(random, Values)},SignedHeaders={Pick(random, ["host", "", ";;", "host;x-acs-action"])},Signature={Pick(random, Values)}";
        }

        if (random.Next(2) == 0)
        {
            headers["Content-Type"] = "application/x-www-form-urlencoded";
        }

        var body = random.Next(4) == 0 ? [0xFF, 0xFE, (byte)'=', (byte)'&'] : Encoding.UTF8.GetBytes(Parameters(random));
        return SecurityCenterRequest.Read(Pick(random, ["GET", "POST"]), "?" + Parameters(random), headers, body);
    }

    private static string Parameters(Random random) =>
        string.Join('&', Names.Where(_ => random.Next(3) == 0).Select(name => $"{name}={Pick(random, Values)}"));

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
