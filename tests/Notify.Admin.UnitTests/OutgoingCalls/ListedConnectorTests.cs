using System.Net;
using System.Net.Sockets;
using Notify.Admin.DingTalk;
using Notify.Admin.OutgoingCalls;

namespace Notify.Admin.UnitTests.OutgoingCalls;

public class ListedConnectorTests
{
    private static readonly WebhookAllowList Allowed = new(
    [
        "https://oapi.dingtalk.com/robot/send", "http://localhost:5090/robot/send", "http://10.1.2.3:8080/robot/send",
            "http://[::1]:5090/robot/send",
    ]);

    private readonly List<IPEndPoint> _connections = [];
    private readonly HashSet<IPAddress> _dead = [];

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::7f00:1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("fd00::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    public async Task Connect_PublicNameResolvesInside_IsRefusedUnopened(string address)
    {
        await Should.ThrowAsync<AddressRefusedException>(() => ConnectAsync("oapi.dingtalk.com", 443, address));

        _connections.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("47.246.1.1")]
    [InlineData("2408:4001::1")]
    [InlineData("::ffff:47.246.1.1")]
    [InlineData("172.32.0.1")]
    public async Task Connect_PublicNameResolvesOutside_ConnectsToThatAddress(string address)
    {
        await ConnectAsync("oapi.dingtalk.com", 443, address);

        _connections.ShouldBe([new IPEndPoint(IPAddress.Parse(address), 443)]);
    }

    [Fact]
    public async Task Connect_MixedAnswers_UsesThePermittedOneOnly()
    {
        await ConnectAsync("oapi.dingtalk.com", 443, "127.0.0.1", "47.246.1.1");

        _connections.ShouldBe([new IPEndPoint(IPAddress.Parse("47.246.1.1"), 443)]);
    }

    [Fact]
    public async Task Connect_NameChangesItsAnswer_IsAskedOnceAndUsedAsChecked()
    {
        var answers = new Queue<string>(["47.246.1.1", "127.0.0.1"]);
        var connector = new ListedConnector(
            Allowed, TimeProvider.System, (_, _) => Task.FromResult(new[] { IPAddress.Parse(answers.Dequeue()) }), OpenAsync);

        await connector.ConnectAsync("oapi.dingtalk.com", 443, TestContext.Current.CancellationToken);

        _connections.ShouldBe([new IPEndPoint(IPAddress.Parse("47.246.1.1"), 443)]);
        answers.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("localhost", 5090, "127.0.0.1", true)]
    [InlineData("localhost", 5090, "::1", true)]
    [InlineData("localhost", 5090, "10.0.0.1", false)]
    [InlineData("localhost", 5090, "47.246.1.1", false)]
    [InlineData("10.1.2.3", 8080, "", true)]
    [InlineData("::1", 5090, "", true)]
    [InlineData("[::1]", 5090, "", true)]
    [InlineData("10.1.2.4", 8080, "", false)]
    [InlineData("10.1.2.3", 443, "", false)]
    [InlineData("localhost", 443, "127.0.0.1", false)]
    [InlineData("oapi.dingtalk.com", 5090, "47.246.1.1", false)]
    [InlineData("evil.example", 443, "47.246.1.1", false)]
    public async Task Connect_HostListedItself_ReachesJustThat(string host, int port, string address, bool reached)
    {
        var connecting = () => ConnectAsync(host, port, address.Length == 0 ? [] : [address]);

        if (reached)
        {
            await connecting();
        }
        else
        {
            await Should.ThrowAsync<AddressRefusedException>(connecting);
        }

        _connections.Count.ShouldBe(reached ? 1 : 0);
    }

    [Fact]
    public async Task Connect_FirstAddressDead_TriesTheNext()
    {
        _dead.Add(IPAddress.Parse("2408:4001::1"));

        await ConnectAsync("oapi.dingtalk.com", 443, "2408:4001::1", "47.246.1.1");

        _connections.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Connect_AllAddressesDead_FailsAsAConnectionDoes()
    {
        _dead.Add(IPAddress.Parse("47.246.1.1"));

        await Should.ThrowAsync<SocketException>(() => ConnectAsync("oapi.dingtalk.com", 443, "47.246.1.1"));
        await Should.ThrowAsync<SocketException>(() => ConnectAsync("oapi.dingtalk.com", 443));
    }

    private async Task ConnectAsync(string host, int port, params string[] addresses)
    {
        var connector = new ListedConnector(
            Allowed, TimeProvider.System, (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()), OpenAsync);
        await connector.ConnectAsync(host, port, TestContext.Current.CancellationToken);
    }

    private Task<Stream> OpenAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        _connections.Add(endPoint);
        return _dead.Contains(endPoint.Address)
            ? Task.FromException<Stream>(new SocketException((int)SocketError.ConnectionRefused))
            : Task.FromResult(Stream.Null);
    }
}
