namespace Notify.Admin.Sources;

/// <summary>A source's choices as scripts write them.</summary>
internal static class SourceWords
{
    private static readonly (SourceProof Proof, string Word)[] Proofs =
    [
        (SourceProof.Key, "key"), (SourceProof.Bearer, "bearer"), (SourceProof.Basic, "basic"), (SourceProof.Query, "query"),
        (SourceProof.Hmac, "hmac"), (SourceProof.Sign, "sign"),
    ];

    public static string ProofNames => string.Join(", ", Proofs.Select(pair => pair.Word));

    public static string Of(SourceProof proof) => Array.Find(Proofs, pair => pair.Proof == proof).Word;

    public static SourceProof? Proof(string word) => Array.Exists(Proofs, pair => pair.Word == word)
        ? Array.Find(Proofs, pair => pair.Word == word).Proof : null;

    public static string Of(SignatureAlgorithm algorithm) => algorithm switch
    {
        Sources.SignatureAlgorithm.Sha256 => "sha256",
        Sources.SignatureAlgorithm.Sha1 => "sha1",
        Sources.SignatureAlgorithm.Sha512 => "sha512",
    };

    public static SignatureAlgorithm? Algorithm(string word) => word switch
    {
        "sha256" => Sources.SignatureAlgorithm.Sha256,
        "sha1" => Sources.SignatureAlgorithm.Sha1,
        "sha512" => Sources.SignatureAlgorithm.Sha512,
        _ => null,
    };
}
