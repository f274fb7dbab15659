using System.Security.Cryptography;
using System.Text;
using Notify.Admin.Api;

namespace Notify.Admin.Accounts;

/// <summary>How a set-up code was received.</summary>
public enum SetupCodeVerdict
{
    Right = 1,
    Wrong = 2,

    /// <summary>Too many wrong codes; wait a minute.</summary>
    Throttled = 3,
}

/// <summary>The one-time code that proves that whoever sets the product up can read its log. New at each start, gone after use.</summary>
internal sealed class SetupCode(TimeProvider time)
{
    private const int WrongPerMinute = 10;

    private readonly TokenBuckets _wrong = new(time);
    private string? _code = SecretText.NewSetupCode();

    /// <summary>What the log shows; null after use.</summary>
    public string? Current => Volatile.Read(ref _code);

    /// <summary>Compares in constant time. Letters may be lower case, dashes and spaces may be missing.</summary>
    public SetupCodeVerdict Check(string given, string address)
    {
        var network = ClientAddress.Network(address);
        if (!_wrong.HasToken(network, WrongPerMinute / 60d, WrongPerMinute, out _))
        {
            return SetupCodeVerdict.Throttled;
        }

        if (Current is { } code && CryptographicOperations.FixedTimeEquals(Bytes(code), Bytes(given)))
        {
            return SetupCodeVerdict.Right;
        }

        _wrong.TryTake(network, WrongPerMinute / 60d, WrongPerMinute, out _);
        return SetupCodeVerdict.Wrong;
    }

    public void Retire() => Volatile.Write(ref _code, null);

    private static byte[] Bytes(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            .ToUpperInvariant()));
}
