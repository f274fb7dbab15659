using System.Globalization;
using CloudNative.CloudEvents;
using Notify.Admin.Events;

namespace Notify.Admin.UnitTests.Events;

public sealed class CloudEventGrammarTests
{
    [Theory]
    [InlineData("2018-04-05T17:31:00Z", "2018-04-05T17:31:00.0000000Z")]
    [InlineData("2018-04-05t17:31:00z", "2018-04-05T17:31:00.0000000Z")]
    [InlineData("2018-04-05T17:31:00.000000000Z", "2018-04-05T17:31:00.0000000Z")]
    [InlineData("2018-04-05T17:31:00.12Z", "2018-04-05T17:31:00.1200000Z")]
    [InlineData("2018-04-05T17:31:00.1234567899Z", "2018-04-05T17:31:00.1234567Z")]
    [InlineData("2018-04-05T18:31:00+01:00", "2018-04-05T17:31:00.0000000Z")]
    [InlineData("2018-04-05T16:31:00-01:00", "2018-04-05T17:31:00.0000000Z")]
    [InlineData("2018-04-05T17:31:00-00:00", "2018-04-05T17:31:00.0000000Z")]
    [InlineData("2018-04-05T17:31:00+23:59", "2018-04-04T17:32:00.0000000Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000Z")]
    [InlineData("2020-02-29T00:00:00Z", "2020-02-29T00:00:00.0000000Z")]
    [InlineData("0001-01-01T00:00:00+05:00", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("0000-02-29T00:00:00Z", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("9999-12-31T23:59:59.9999999-05:00", "9999-12-31T23:59:59.9999999Z")]
    public void TryReadTime_OfTheGrammar_IsThatMoment(string text, string utc)
    {
        CloudEventGrammar.TryReadTime(text, out var time).ShouldBeTrue();

        time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture).ShouldBe(utc);
    }

    [Theory]
    [InlineData("")]
    [InlineData("lunchtime")]
    [InlineData("2018-04-05")]
    [InlineData("2018-04-05T18:31Z")]
    [InlineData("2018-04-05T18:31:00")]
    [InlineData("2018-04-05T18:31:00X")]
    [InlineData("2018-04-05 18:31:00Z")]
    [InlineData("2018-04-05T18:31:00.Z")]
    [InlineData("2018-04-05T18:31:00+05")]
    [InlineData("2018-04-05T18:31:00+0500")]
    [InlineData("2018-04-05T18:31:00+xx:00")]
    [InlineData("2018-04-05T18:31:00+24:00")]
    [InlineData("2018-04-05T18:31:00+05:60")]
    [InlineData("2018-04-05T24:00:00Z")]
    [InlineData("2018-04-05T18:60:00Z")]
    [InlineData("2018-04-05T18:31:61Z")]
    [InlineData("2018-13-05T18:31:00Z")]
    [InlineData("2018-02-30T18:31:00Z")]
    [InlineData("2019-02-29T18:31:00Z")]
    [InlineData(" 2018-04-05T18:31:00Z")]
    [InlineData("2018-04-05T18:31:00Z\n")]
    [InlineData("２０18-04-05T18:31:00Z")]
    [InlineData("Thursday, 5 April 2018 18:31:00 Z")]
    public void TryReadTime_OfAnythingElse_IsRefused(string text) => CloudEventGrammar.TryReadTime(text, out _).ShouldBeFalse();

    // The .NET SDK refuses what RFC 3339 allows: lower-case letters, leap seconds, and offsets beyond 14 hours.
    [Theory]
    [InlineData("2018-04-05T17:31:00Z")]
    [InlineData("2018-04-05T18:31:00+01:00")]
    [InlineData("2018-04-05T18:31Z")]
    [InlineData("2018-04-05 18:31:00Z")]
    [InlineData("2018-04-05T18:31:00+05")]
    [InlineData("2018-02-30T18:31:00Z")]
    [InlineData("2018-04-05T24:00:00Z")]
    public void TryReadTime_AsTheSdkReads_Agrees(string text)
    {
        bool SdkReads()
        {
            try
            {
                CloudEventAttributeType.Timestamp.Parse(text);
                return true;
            }
            catch (FormatException)
            {
                return false;
            }
        }

        CloudEventGrammar.TryReadTime(text, out _).ShouldBe(SdkReads());
    }

    [Theory]
    [InlineData("https://cloudevents.io", true)]
    [InlineData("#fragment", true)]
    [InlineData("//authority/path", true)]
    [InlineData("/mycontext/subcontext?a=b/c#d", true)]
    [InlineData("mailto:cncf-wg-serverless@lists.cncf.io", true)]
    [InlineData("urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66", true)]
    [InlineData("1-555-123-4567", true)]
    [InlineData("tests", true)]
    [InlineData("scanner/eu", true)]
    [InlineData("./a:b", true)]
    [InlineData("http://user:pw@[2001:db8::1]:80/", true)]
    [InlineData("/a%20b", true)]
    [InlineData("/a b", false)]
    [InlineData("/a%2", false)]
    [InlineData("/a\\b", false)]
    [InlineData("1a:b", false)]
    [InlineData("a#b#c", false)]
    [InlineData("/ä", false)]
    [InlineData("http://[::1/", false)]
    [InlineData("<x>", false)]
    public void IsUriReference_IsRfc3986(string text, bool isOne) => CloudEventGrammar.IsUriReference(text).ShouldBe(isOne);

    [Theory]
    [InlineData("https://cloudevents.io/dataschema", true)]
    [InlineData("urn:x", true)]
    [InlineData("/relative", false)]
    [InlineData("#fragment", false)]
    public void IsUri_HasAScheme(string text, bool isOne) => CloudEventGrammar.IsUri(text).ShouldBe(isOne);

    [Theory]
    [InlineData("plain", true)]
    [InlineData("ä漢😀", true)]
    [InlineData("a\0b", false)]
    [InlineData("a\u0085b", false)]
    [InlineData("a\uFFFEb", false)]
    [InlineData("a\uFDD0b", false)]
    [InlineData("\U0001FFFF", false)]
    public void IsText_HoldsCharactersOnly(string text, bool isOne) => CloudEventGrammar.IsText(text).ShouldBe(isOne);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀")]
    [InlineData("%e2%82%ac", "€")]
    [InlineData("%41", "A")]
    [InlineData("a%2520b", "a%20b")]
    [InlineData("100%", "100%")]
    [InlineData("€", "€")]
    [InlineData("\"a b\"", "a b")]
    [InlineData("\"a \\\"b\\\" \\\\ c%20d\"", "a \"b\" \\ c d")]
    [InlineData("%22a%22", "\"a\"")]
    [InlineData("%C0%A0", null)]
    [InlineData("%C3(", null)]
    [InlineData("%ED%A0%80", null)]
    public void Decode_OfAHeader_IsTheBindings(string header, string? value) => CloudEventHeaders.Decode(header).ShouldBe(value);
}
